# /// snippet
# lab = "browser"
# proves = "A cgroup with cpu.max 10 % is throttled in almost every period in which it wants to run."
# volatile = ["n"]
# values = { throttled = 'nr_throttled (\d+)', periods = 'nr_periods (\d+)' }
# holds = ["throttled > 3", "throttled <= periods"]
# ///
# hide
echo '+cpu' > /sys/fs/cgroup/cgroup.subtree_control
# show
mkdir /sys/fs/cgroup/slow
echo '10000 100000' > /sys/fs/cgroup/slow/cpu.max
timeout 2 sh -c 'echo 0 > /sys/fs/cgroup/slow/cgroup.procs; while :; do :; done' # ? 124
grep --extended-regexp 'nr_(periods|throttled)' /sys/fs/cgroup/slow/cpu.stat
