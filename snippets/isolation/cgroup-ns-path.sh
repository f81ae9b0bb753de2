# /// snippet
# lab = "machine"
# proves = { ko = "cgroup 네임스페이스는 그 자체로는 cgroup 경로가 어디서 시작해 보이는지만 바꾼다.", en = "By itself, a cgroup namespace changes only from where the path of a cgroup is seen." }
# timeout = 120
# ///
# hide
mkdir /sys/fs/cgroup/demo
# show
bash <<'member'
echo $$ > /sys/fs/cgroup/demo/cgroup.procs
cat /proc/self/cgroup
unshare --cgroup cat /proc/self/cgroup
cat /proc/self/cgroup
member
# hide
rmdir /sys/fs/cgroup/demo
# show
