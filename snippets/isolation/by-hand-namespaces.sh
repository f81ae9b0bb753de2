# /// snippet
# lab = "namespace"
# proves = "New namespaces give a new PID 1, host name and network, but the file system and /proc stay those of the outside."
# ///
# hide
mkdir --parents image/bin
setsid --fork sleep 600
# show
pgrep --count sleep
unshare --mount --uts --ipc --net --pid --fork /bin/sh <<'container'
echo $$
hostname container
hostname
ip link | grep --count LOWER_UP  # ? 1
ls
pgrep --count sleep
container
hostname
