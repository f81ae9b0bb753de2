# /// snippet
# lab = "browser"
# proves = "A cgroup with pids.max 3 holds three processes; the fourth fork fails, and pids.events counts it."
# ///
# hide
echo '+pids' > /sys/fs/cgroup/cgroup.subtree_control
# show
mkdir /sys/fs/cgroup/few
echo 3 > /sys/fs/cgroup/few/pids.max
busybox sh -c 'echo 0 > /sys/fs/cgroup/few/cgroup.procs; sleep 9 & sleep 9 & sleep 9 & true' # ? 2
cat /sys/fs/cgroup/few/pids.events
