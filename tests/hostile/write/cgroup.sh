mkdir v1 v2
mount -t cgroup -o memory cgroup v1 # ? *
mount -t cgroup2 cgroup v2 # ? *
echo -1 > v1/memory.limit_in_bytes # ? *
echo max > v2/memory.max # ? *
echo /@NAME@ > v1/release_agent # ? *
mkdir v1/@NAME@ v2/@NAME@ # ? *
umount v1 v2 # ? *
