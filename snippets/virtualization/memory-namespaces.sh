# /// snippet
# lab = "namespace"
# proves = { ko = "네임스페이스 6개를 새로 만든 프로세스도 그렇지 않은 프로세스처럼 혼자 쓰는 메모리가 1메가바이트가 안 된다. 커널을 위해 따로 떼어 놓는 메모리가 없다.", en = "A process in six new namespaces has, like one without, less than a megabyte of memory of its own: nothing is set aside for a kernel." }
# volatile = ["size < 1MB"]
# values = { process = '\A.*?(\d+ kB)', isolated = '\A.*? kB\n.*?(\d+ kB)' }
# browser = { ko = "탭은 크기를 비교하지 못한다", en = "the tab cannot compare sizes" }
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
