# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "IPC 네임스페이스마다 POSIX 메시지 큐가 따로 있고, mqueue 마운트는 마운트할 때의 네임스페이스에 있는 큐를 보여 준다.", en = "Each IPC namespace has POSIX message queues of its own, and a mount of mqueue shows those of the namespace it was made in." }
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
# hide
umount outer
# show
