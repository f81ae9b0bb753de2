# /// snippet
# lab = "namespace"
# browser = true
# proves = "Without --fork the first child becomes PID 1, and after it has ended no more children can be made."
# ///
unshare --pid bash -c '/bin/echo first; /bin/echo second; :'  # ? 254
unshare --pid --fork bash -c '/bin/echo first; /bin/echo second; :'
