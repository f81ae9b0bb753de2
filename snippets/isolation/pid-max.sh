# /// snippet
# lab = "namespace"
# requires = { kernel = "6.14" }
# timeout = 60
# proves = { ko = "리눅스 6.14부터 PID 네임스페이스마다 pid_max가 따로 있고, 그 수를 넘는 fork는 실패한다.", en = "Since Linux 6.14 each PID namespace has a pid_max of its own, and a fork beyond it fails." }
# browser = { ko = "그 커널은 6.12이고, 네임스페이스마다 다른 `pid_max`는 6.14에 생겼다", en = "its kernel is 6.12, and a `pid_max` for each namespace came with 6.14" }
# ///
cat /proc/sys/kernel/pid_max > outside
unshare --pid --fork --mount-proc bash <<'inside'
# step: refused
echo 300 > /proc/sys/kernel/pid_max # ? 1
echo 301 > /proc/sys/kernel/pid_max
cat /proc/sys/kernel/pid_max
# step: full
sh -c 'for i in $(seq 400); do sleep infinity & done' # ? 2
inside
cmp outside /proc/sys/kernel/pid_max && echo 'the same outside'
