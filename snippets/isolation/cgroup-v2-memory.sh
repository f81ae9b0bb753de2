# /// snippet
# lab = "machine"
# proves = { ko = "memory.max보다 많이 쓰려는 프로세스는 그 cgroup의 OOM killer가 죽이고, memory.events에 남는다.", en = "A process that needs more than memory.max is killed by the OOM killer of its cgroup, and memory.events counts it." }
# timeout = 120
# ///
# hide
echo '+memory' > /sys/fs/cgroup/cgroup.subtree_control
# show
# step: group
mkdir /sys/fs/cgroup/demo
# step: limit
echo 32M > /sys/fs/cgroup/demo/memory.max
# step: too-much
busybox sh -c 'echo $$ > /sys/fs/cgroup/demo/cgroup.procs; python3 -c "b\"x\" * (64 << 20)"; echo "exit status $?"'
# step: events
grep '^oom_kill' /sys/fs/cgroup/demo/memory.events
# step: without
python3 -c 'b"x" * (64 << 20)' && echo 'without the limit it fits'
# hide
rmdir /sys/fs/cgroup/demo
# show
