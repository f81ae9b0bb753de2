# /// snippet
# lab = "browser"
# proves = { ko = "자기 cgroup의 cpu.max보다 많이 쓰려는 프로세스는 멈춰 기다리게 된다.", en = "A process that wants more than cpu.max of its cgroup is throttled." }
# timeout = 30
# ///
# hide
echo '+cpu' > /sys/fs/cgroup/cgroup.subtree_control
# show
mkdir /sys/fs/cgroup/slow
echo '10000 100000' > /sys/fs/cgroup/slow/cpu.max
(sh -c 'echo 0 > /sys/fs/cgroup/slow/cgroup.procs; while :; do :; done' &)
# hide
grep --quiet 'usage_usec [1-9][0-9]\{5\}' /sys/fs/cgroup/slow/cpu.stat  # settle: 20s
# show
grep --only-matching --perl-regexp 'nr_throttled(?= [1-9])' /sys/fs/cgroup/slow/cpu.stat
echo 1 > /sys/fs/cgroup/slow/cgroup.kill
