# /// snippet
# lab = "machine"
# proves = { ko = "root가 아닌 cgroup은 프로세스가 들어 있는 동안 컨트롤러를 자식에게 내려 줄 수 없다.", en = "Outside the root, a cgroup that holds processes cannot hand controllers to its children." }
# timeout = 120
# ///
# hide
echo '+memory' > /sys/fs/cgroup/cgroup.subtree_control
# show
mkdir /sys/fs/cgroup/demo /sys/fs/cgroup/demo/leaf
sleep 1000 &
echo $! > /sys/fs/cgroup/demo/cgroup.procs
echo '+memory' > /sys/fs/cgroup/demo/cgroup.subtree_control # ? 1
echo $! > /sys/fs/cgroup/demo/leaf/cgroup.procs
echo '+memory' > /sys/fs/cgroup/demo/cgroup.subtree_control && echo 'handed down'
# hide
disown -a
echo 1 > /sys/fs/cgroup/demo/cgroup.kill
grep -q 'populated 0' /sys/fs/cgroup/demo/cgroup.events # settle: 5s
rmdir /sys/fs/cgroup/demo/leaf /sys/fs/cgroup/demo
# show
