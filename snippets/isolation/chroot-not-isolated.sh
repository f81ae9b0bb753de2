# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "chroot는 호스트네임, 사용자, 프로세스, 네트워크 인터페이스를 격리하지 않는다. 감옥의 root가 바꾸면 모두에게 바뀐다.", en = "chroot leaves hostname, users, processes and network interfaces shared: root in the jail changes them for everybody." }
# ///
# hide
mkdir --parents jail/bin jail/proc
cp /bin/busybox jail/bin
chroot jail /bin/busybox --install -s /bin
# show
setsid --fork sleep 600
# hide
until pgrep sleep > /dev/null; do sleep 0.01; done
# show
hostname
ip -brief link show lo | awk '{ print $1, $2 }'
pgrep --count sleep
chroot jail /bin/sh <<'jail'
id -u
hostname jail
ip link set lo down
mount -t proc proc /proc
killall sleep
jail
# hide
until ! pgrep sleep > /dev/null; do sleep 0.01; done
# show
hostname
ip -brief link show lo | awk '{ print $1, $2 }'
pgrep --count sleep  # ? 1
# hide
umount jail/proc
# show
