# /// snippet
# lab = "machine"
# proves = { ko = "디렉터리 하나가 cgroup이다. pids.max를 넘는 fork는 오류로 실패하고, 커널이 그 횟수를 센다.", en = "A directory is a cgroup; a fork beyond pids.max fails with an error, and the kernel counts that." }
# timeout = 120
# ///
cat /sys/fs/cgroup/cgroup.controllers
echo '+cpu +memory +pids' > /sys/fs/cgroup/cgroup.subtree_control
mkdir /sys/fs/cgroup/demo
echo 10 > /sys/fs/cgroup/demo/pids.max
busybox sh -c 'echo $$ > /sys/fs/cgroup/demo/cgroup.procs; for n in $(seq 20); do sleep 1000 & done' # ? 2
cat /sys/fs/cgroup/demo/pids.current
cat /sys/fs/cgroup/demo/pids.events
# hide
echo 1 > /sys/fs/cgroup/demo/cgroup.kill
grep -q 'populated 0' /sys/fs/cgroup/demo/cgroup.events # settle: 5s
rmdir /sys/fs/cgroup/demo
# show
