# /// snippet
# lab = "machine"
# proves = { ko = "cpu.max가 있으면 바쁜 반복문은 주기마다 제 몫만 쓰고 나머지는 오류 없이 기다린다.", en = "With cpu.max, a busy loop gets its share of each period and waits for the rest, without an error." }
# volatile = ["n"]
# values = { used = 'usage_usec (\d+)', periods = 'nr_periods (\d+)', throttled = 'nr_throttled (\d+)' }
# holds = ["used < periods * 25000", "throttled > 3"]
# timeout = 120
# ///
# hide
echo '+cpu' > /sys/fs/cgroup/cgroup.subtree_control
# show
mkdir /sys/fs/cgroup/demo
echo '20000 100000' > /sys/fs/cgroup/demo/cpu.max
busybox sh -c 'echo $$ > /sys/fs/cgroup/demo/cgroup.procs; timeout 3 sh -c "while :; do :; done"; echo "exit status $?"'
grep -E 'usage_usec|nr_periods|nr_throttled' /sys/fs/cgroup/demo/cpu.stat
# hide
rmdir /sys/fs/cgroup/demo
# show
