# /// snippet
# lab = "namespace"
# proves = { ko = "할 일이 둘 이상인 셸은 PID 1로 남아 프로그램을 자식으로 두고, exec로 끝날 때만 자리를 내준다.", en = "A shell that has more than one thing to do stays PID 1 and keeps the program as its child, unless it ends with exec." }
# browser = { ko = "그 머신의 `sh`는 `exec` 없이도 마지막 명령에 자리를 내준다", en = "its `sh` gives its place to the last command, also without `exec`" }
# ///
unshare --pid --fork --mount-proc sh -c 'cd /tmp && ps -o pid=,comm='
unshare --pid --fork --mount-proc sh -c 'cd /tmp && exec ps -o pid=,comm='
