# /// snippet
# lab = "namespace"
# proves = "In a container hostname and process list are its own, while the kernel is the host's: it has the same boot ID."
# volatile = ["uuid"]
# ///
hostname
cat /proc/sys/kernel/random/boot_id
unshare --mount --uts --ipc --net --pid --fork --mount-proc bash <<'container'
hostname container
hostname
ps -o pid,comm | head -n 2
cat /proc/sys/kernel/random/boot_id
container
