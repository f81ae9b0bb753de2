# /// snippet
# lab = "machine"
# proves = { ko = "cgroup은 통째로 얼리고, 녹이고, 죽일 수 있다.", en = "A cgroup can be frozen, thawed and killed as a whole." }
# timeout = 120
# ///
# hide
grew() { local before; before=$(wc -l < ticks); sleep 3; [ "$(wc -l < ticks)" -gt "$before" ] && echo 'ticks on' || echo 'stands still'; }
# show
mkdir /sys/fs/cgroup/demo
busybox sh -c 'echo $$ > /sys/fs/cgroup/demo/cgroup.procs; while :; do echo tick; sleep 0.1; done' > ticks &
# hide
[ -s ticks ] # settle: 5s
# show
grew
echo 1 > /sys/fs/cgroup/demo/cgroup.freeze
grep 'frozen 1' /sys/fs/cgroup/demo/cgroup.events # settle: 5s
grew
echo 0 > /sys/fs/cgroup/demo/cgroup.freeze
grew
# hide
disown -a
# show
echo 1 > /sys/fs/cgroup/demo/cgroup.kill
grep 'populated 0' /sys/fs/cgroup/demo/cgroup.events # settle: 5s
rmdir /sys/fs/cgroup/demo
