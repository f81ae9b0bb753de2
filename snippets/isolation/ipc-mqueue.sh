# /// snippet
# lab = "namespace"
# browser = true
# proves = "Each IPC namespace has POSIX message queues of its own, and a mount of mqueue shows those of the namespace it was made in."
# ///
mkdir outer inner
mount -t mqueue mqueue outer
touch outer/orders
unshare --ipc --mount --propagation unchanged bash <<'jail'
mount -t mqueue mqueue inner
ls inner
touch inner/letters
ls inner outer
jail
ls outer
