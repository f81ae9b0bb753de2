# /// snippet
# lab = "machine"
# proves = { ko = "nsdelegate로 마운트하면 cgroup 네임스페이스가 위임의 경계가 된다. 안에서는 root도 자신이 속한 cgroup의 제한을 고치지 못하고 밖의 cgroup으로 나가지 못한다.", en = "Mounted with nsdelegate, a cgroup namespace is a delegation boundary: inside, even root can neither change the limit of its own cgroup nor move out of it." }
# timeout = 120
# ///
mkdir /sys/fs/cgroup/demo /sys/fs/cgroup/other
echo +memory > /sys/fs/cgroup/cgroup.subtree_control
echo 64M > /sys/fs/cgroup/demo/memory.max
grep -o nsdelegate /proc/mounts # ? 1
mount -o remount,nsdelegate /sys/fs/cgroup
grep -o nsdelegate /proc/mounts
bash <<'member'
echo $$ > /sys/fs/cgroup/demo/cgroup.procs
unshare --cgroup bash <<'inside'
echo max > /sys/fs/cgroup/demo/memory.max # ? 1
echo $$ > /sys/fs/cgroup/other/cgroup.procs # ? 1
cat /proc/self/cgroup
inside
cat /proc/self/cgroup
member
# hide
mount -o remount /sys/fs/cgroup
rmdir /sys/fs/cgroup/demo /sys/fs/cgroup/other
