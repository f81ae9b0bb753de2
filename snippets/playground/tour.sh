# /// snippet
# lab = "browser"
# proves = { ko = "독자의 탭에 있는 머신의 커널은 진짜다. 네임스페이스와 cgroup과 리소스 제한이 탭에서 동작한다.", en = "The machine in the reader's tab has a real kernel: namespaces, cgroups and their limits work there." }
# volatile = ["kernel", "namespace-id"]
# ///
# hide
echo '+pids' > /sys/fs/cgroup/cgroup.subtree_control
# show
uname -srm
cat /proc/1/comm
readlink /proc/self/ns/uts
unshare --uts bash <<'jail'
readlink /proc/self/ns/uts
hostname jail
hostname
jail
hostname
unshare --pid --fork --mount-proc bash -c 'echo "PID $$ of" /proc/[0-9]*'
mkdir /sys/fs/cgroup/tour && echo 2 > /sys/fs/cgroup/tour/pids.max
busybox sh -c 'echo 0 > /sys/fs/cgroup/tour/cgroup.procs; sleep 1 & sleep 1 & sleep 1' # ? 2
