# /// snippet
# lab = "browser"
# proves = "A process that needs more than memory.max of its cgroup is killed by the kernel, and nobody else is."
# volatile = ["pid"]
# ///
# hide
echo '+memory' > /sys/fs/cgroup/cgroup.subtree_control
# show
mkdir /sys/fs/cgroup/small
echo 8M > /sys/fs/cgroup/small/memory.max
sh -c 'echo 0 > /sys/fs/cgroup/small/cgroup.procs; exec tail /dev/zero' # ? 137
grep oom_kill /sys/fs/cgroup/small/memory.events
