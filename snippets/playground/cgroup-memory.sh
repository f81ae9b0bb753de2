# /// snippet
# lab = "browser"
# proves = { ko = "자기 cgroup의 memory.max보다 많은 메모리를 쓰려는 프로세스는 커널이 죽이고, 다른 프로세스는 무사하다.", en = "A process that needs more than memory.max of its cgroup is killed by the kernel, and nobody else is." }
# volatile = ["pid"]
# ///
# hide
echo '+memory' > /sys/fs/cgroup/cgroup.subtree_control
# show
mkdir /sys/fs/cgroup/small
echo 8M > /sys/fs/cgroup/small/memory.max
sh -c 'echo 0 > /sys/fs/cgroup/small/cgroup.procs; exec tail /dev/zero' # ? 137
grep oom_kill /sys/fs/cgroup/small/memory.events
