# /// snippet
# lab = "namespace"
# proves = "New namespaces of every kind leave the machine's memory and processors in sight; an affinity mask is seen by nproc."
# ///
grep MemTotal /proc/meminfo > outside && nproc >> outside
unshare --mount --uts --ipc --net --pid --cgroup --fork --mount-proc sh -c 'grep MemTotal /proc/meminfo && nproc' > inside
cmp outside inside && echo 'the same memory and processors'
# hide
first=$(python3 -c 'import os; print(min(os.sched_getaffinity(0)))')
# show
taskset --cpu-list "$first" nproc
