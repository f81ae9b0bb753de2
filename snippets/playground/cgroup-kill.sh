# /// snippet
# lab = "browser"
# proves = "Writing 1 to cgroup.kill ends every process of a cgroup at once, also one that ignores SIGTERM."
# ///
mkdir /sys/fs/cgroup/doomed
(sh -c 'trap "" TERM; echo 0 > /sys/fs/cgroup/doomed/cgroup.procs; sleep 999 & sleep 999 & wait' &)
until [ "$(wc -l < /sys/fs/cgroup/doomed/cgroup.procs)" = 3 ]; do sleep 0.1; done
cat /sys/fs/cgroup/doomed/cgroup.events
echo 1 > /sys/fs/cgroup/doomed/cgroup.kill
until grep --quiet 'populated 0' /sys/fs/cgroup/doomed/cgroup.events; do sleep 0.1; done
cat /sys/fs/cgroup/doomed/cgroup.events
rmdir /sys/fs/cgroup/doomed
