# /// snippet
# lab = "browser"
# proves = { ko = "pids.max가 3인 cgroup에는 프로세스가 셋까지 들어간다. 네 번째 fork는 실패하고 pids.events에 기록된다.", en = "A cgroup with pids.max 3 holds three processes; the fourth fork fails, and pids.events counts it." }
# ///
# hide
echo '+pids' > /sys/fs/cgroup/cgroup.subtree_control
# show
mkdir /sys/fs/cgroup/few
echo 3 > /sys/fs/cgroup/few/pids.max
busybox sh -c 'echo 0 > /sys/fs/cgroup/few/cgroup.procs; sleep 9 & sleep 9 & sleep 9 & true' # ? 2
cat /sys/fs/cgroup/few/pids.events
