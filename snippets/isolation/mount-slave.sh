# /// snippet
# lab = "namespace"
# proves = { ko = "슬레이브 마운트는 밖의 마운트를 받기만 하고 보내지 않는다. 사설 마운트는 어느 쪽도 하지 않는다.", en = "A slave mount receives mounts from outside and sends none back; a private one does neither." }
# browser = true
# ///
# hide
child() { until pgrep --parent "$1" sleep; do sleep 0.01; done; }
# show
mkdir disk
mount -t tmpfs tmpfs disk
mount --make-shared disk
mkdir disk/outside disk/inside
unshare --mount --propagation slave --fork sleep 1000 &
slave=$(child $!)
unshare --mount --propagation private --fork sleep 1000 &
private=$(child $!)
mount -t tmpfs tmpfs disk/outside
nsenter --target "$slave" --mount mountpoint "$PWD/disk/outside"
nsenter --target "$private" --mount mountpoint "$PWD/disk/outside"  # ? 32
nsenter --target "$slave" --mount mount -t tmpfs tmpfs "$PWD/disk/inside"
mountpoint disk/inside  # ? 32
# hide
disown -a
kill -KILL $(ps -o ppid= "$slave" "$private") "$slave" "$private"
umount disk/outside disk
# show
