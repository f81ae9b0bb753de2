# /// snippet
# lab = "browser"
# proves = { ko = "cgroup.kill에 1을 쓰면 SIGTERM을 무시하는 것까지 cgroup의 모든 프로세스가 한꺼번에 끝난다.", en = "Writing 1 to cgroup.kill ends every process of a cgroup at once, also one that ignores SIGTERM." }
# ///
mkdir /sys/fs/cgroup/doomed
(sh -c 'trap "" TERM; echo 0 > /sys/fs/cgroup/doomed/cgroup.procs; sleep 999 & sleep 999 & wait' &)
until [ "$(wc -l < /sys/fs/cgroup/doomed/cgroup.procs)" = 3 ]; do sleep 0.1; done
cat /sys/fs/cgroup/doomed/cgroup.events
echo 1 > /sys/fs/cgroup/doomed/cgroup.kill
until grep --quiet 'populated 0' /sys/fs/cgroup/doomed/cgroup.events; do sleep 0.1; done
cat /sys/fs/cgroup/doomed/cgroup.events
rmdir /sys/fs/cgroup/doomed
