# /// snippet
# lab = "namespace"
# browser = true
# proves = "New namespaces change what a process sees, but not the kernel that answers it."
# ///
readlink /proc/self/ns/uts > outside.ns && uname -r > outside.kernel
unshare --uts --ipc --net readlink /proc/self/ns/uts > inside.ns
unshare --uts --ipc --net uname -r > inside.kernel
cmp -s outside.ns inside.ns || echo 'another UTS namespace'
cmp -s outside.kernel inside.kernel && echo 'the same kernel'
