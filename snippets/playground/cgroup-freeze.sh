# /// snippet
# lab = "browser"
# proves = "A frozen cgroup does nothing until it is thawed: its process stays, and writes nothing."
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
