# /// snippet
# lab = "namespace"
# proves = "The five kinds of namespace that Linux had before Docker began give a process its own hostname, PID 1 and an empty network."
# ///
unshare --mount --uts --ipc --net --pid --fork --mount-proc bash <<'container'
hostname container && hostname
ps -o pid=,comm=
ip -oneline link | cut -d : -f 2
container
hostname
