# /// snippet
# lab = "namespace"
# proves = "A process in six new namespaces has, like one without, less than a megabyte of memory of its own: nothing is set aside for a kernel."
# volatile = ["size < 1MB"]
# values = { process = '\A.*?(\d+ kB)', isolated = '\A.*? kB\n.*?(\d+ kB)' }
# ///
# shellcheck disable=SC2086 # process numbers need no quotes
# hide
child() { until pgrep --parent "$1" busybox; do sleep 0.01; done; }
asleep() { until [ "$(cat "/proc/$1/comm")" = busybox ] && grep -q '^State:.S' "/proc/$1/status"; do sleep 0.01; done; }
# show
busybox sleep 1000 &
process=$!
unshare --mount --uts --ipc --net --pid --cgroup --fork busybox sleep 1000 &
isolated=$(child $!)
# hide
asleep $process; asleep $isolated
# show
grep Private_Dirty "/proc/$process/smaps_rollup"
grep Private_Dirty "/proc/$isolated/smaps_rollup"
# hide
disown -a
kill -KILL $process $isolated
# show
