# /// snippet
# lab = "none"
# proves = "A directory is a cgroup; limits are files in it, and a process joins by writing its PID."
# reason = { ko = "진짜 root와 cgroup v2 파일 시스템이 필요하다. 이 사이트의 네임스페이스 랩은 cgroup 마운트를 거절당하며, 가상 머신 랩은 뒤에 생긴다.", en = "Needs real root and a cgroup v2 file system. This site's namespace lab may not mount one; the machine lab comes later." }
# source = "https://docs.kernel.org/admin-guide/cgroup-v2.html"
# ///
echo '+memory +pids' > /sys/fs/cgroup/cgroup.subtree_control
mkdir /sys/fs/cgroup/demo
echo 20 > /sys/fs/cgroup/demo/pids.max
echo 64M > /sys/fs/cgroup/demo/memory.max
sh -c 'echo $$ > /sys/fs/cgroup/demo/cgroup.procs; exec sleep 1000' &
cat /sys/fs/cgroup/demo/pids.current /sys/fs/cgroup/demo/memory.events
