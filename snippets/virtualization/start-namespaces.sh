# /// snippet
# lab = "namespace"
# proves = { ko = "네임스페이스 6개를 새로 만든 프로세스는 순식간에 시작하고 끝난다. 부팅할 커널이 없기 때문이다.", en = "A process in six new namespaces starts and ends in a fraction of a second, because no kernel has to boot." }
# volatile = ["duration < 20s"]
# values = { process = '\A([\d.]+) s', isolated = '\A.* seconds\n([\d.]+) s' }
# holds = ["process < 20s", "isolated < 20s"]
# timeout = 50
# browser = { ko = "탭은 걸린 시간을 비교하지 못하고, 에뮬레이션한 프로세서에서 측정한 시간에는 뜻이 없다", en = "the tab cannot compare durations, and on an emulated processor they mean nothing" }
# ///
# hide
TIMEFORMAT='%3R seconds'
busybox true
# show
time for n in {1..100}; do busybox true; done
# shellcheck disable=SC2034 # counts
time for n in {1..100}; do unshare --mount --uts --ipc --net --pid --cgroup --fork busybox true; done
