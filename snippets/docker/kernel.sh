# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "새 네임스페이스는 프로세스가 보는 것을 바꾸지만, 그것에 답하는 커널은 바꾸지 않는다.", en = "New namespaces change what a process sees, but not the kernel that answers it." }
# ///
readlink /proc/self/ns/uts > outside.ns && uname -r > outside.kernel
unshare --uts --ipc --net readlink /proc/self/ns/uts > inside.ns
unshare --uts --ipc --net uname -r > inside.kernel
cmp -s outside.ns inside.ns || echo 'another UTS namespace'
cmp -s outside.kernel inside.kernel && echo 'the same kernel'
