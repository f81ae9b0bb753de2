# /// snippet
# lab = "namespace"
# proves = { ko = "모든 종류의 새 네임스페이스 안에서도 머신의 메모리와 프로세서가 보인다. nproc은 친화도 마스크를 본다.", en = "New namespaces of every kind leave the machine's memory and processors in sight; an affinity mask is seen by nproc." }
# browser = true
# ///
grep MemTotal /proc/meminfo > outside && nproc >> outside
unshare --mount --uts --ipc --net --pid --cgroup --fork --mount-proc sh -c 'grep MemTotal /proc/meminfo && nproc' > inside
cmp outside inside && echo 'the same memory and processors'
# hide
first=$(python3 -c 'import os; print(min(os.sched_getaffinity(0)))')
# show
taskset --cpu-list "$first" nproc
