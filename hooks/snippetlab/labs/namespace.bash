# The first process of the namespace lab, after the sandbox has been set up around it:
# `bash namespace.bash FD NAME`. FD is the lab's end of the control socket, NAME the
# snippet's script in this directory.
fd=$1
((fd == 9)) || exec 9<&"$fd" {fd}<&-
hostname lab
ip link set lo up
# Limits per process, and of processes in this user namespace (so the caller's do not count).
ulimit -c 0 -f 262144 -n 1024 -u 512 -v 2097152
echo ready >&9
read -r _ <&9
cd "${0%/*}" || exit
bash "$2"
