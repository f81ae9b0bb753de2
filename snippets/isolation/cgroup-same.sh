# /// snippet
# lab = "namespace"
# proves = { ko = "네임스페이스 8개를 모두 새로 만들어도 프로세스는 같은 cgroup에 있다. 격리와 제한은 서로 다른 기능이다.", en = "A process in eight new namespaces still is in the same cgroup: isolation and limits are two mechanisms." }
# browser = true
# ///
# hide
child() { until pgrep --parent "$1" sleep; do sleep 0.01; done; }
# show
unshare --user --map-root-user --mount --uts --ipc --net --pid --cgroup --time --fork sleep 1000 &
pid=$(child $!)
for type in cgroup ipc mnt net pid time user uts; do
    [ "/proc/$pid/ns/$type" -ef "/proc/self/ns/$type" ] && echo "$type same" || echo "$type new"
done
cmp "/proc/$pid/cgroup" /proc/self/cgroup && echo 'the same cgroup'
# hide
disown -a
kill -KILL $! "$pid"
# show
