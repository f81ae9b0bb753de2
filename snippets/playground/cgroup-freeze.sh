# /// snippet
# lab = "browser"
# proves = { ko = "얼린 cgroup은 녹일 때까지 아무것도 하지 않는다. 프로세스는 남아 있지만 아무것도 쓰지 않는다.", en = "A frozen cgroup does nothing until it is thawed: its process stays, and writes nothing." }
# ///
mkdir /sys/fs/cgroup/ice
(sh -c 'echo 0 > /sys/fs/cgroup/ice/cgroup.procs; while :; do echo . >> dots; sleep 0.1; done' &)
until [ -s dots ]; do sleep 0.1; done
echo 1 > /sys/fs/cgroup/ice/cgroup.freeze
until grep --quiet 'frozen 1' /sys/fs/cgroup/ice/cgroup.events; do sleep 0.1; done
wc -l < dots > before; sleep 1; wc -l < dots | busybox cmp - before && echo 'nothing new'
echo 0 > /sys/fs/cgroup/ice/cgroup.freeze
until ! wc -l < dots | busybox cmp -s - before; do sleep 0.1; done
echo 1 > /sys/fs/cgroup/ice/cgroup.kill
