# /// snippet
# lab = "namespace"
# proves = "A shell that has more than one thing to do stays PID 1 and keeps the program as its child, unless it ends with exec."
# ///
unshare --pid --fork --mount-proc sh -c 'cd /tmp && ps -o pid=,comm='
unshare --pid --fork --mount-proc sh -c 'cd /tmp && exec ps -o pid=,comm='
