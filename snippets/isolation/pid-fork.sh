# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "--fork가 없으면 첫 자식이 PID 1이 되고, 이 프로세스가 끝난 뒤에는 자식을 더 만들 수 없다.", en = "Without --fork the first child becomes PID 1, and after it has ended no more children can be made." }
# ///
# step: without
unshare --pid bash -c '/bin/echo first; /bin/echo second; :'  # ? 254
# step: fork
unshare --pid --fork bash -c '/bin/echo first; /bin/echo second; :'
