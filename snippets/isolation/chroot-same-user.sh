# /// snippet
# lab = "machine"
# proves = { ko = "감옥에 proc이 있고 바깥에 같은 사용자의 프로세스가 있으면 일반 사용자도 그 프로세스의 루트를 거쳐 바깥 파일을 읽는다.", en = "Where the jail has a proc and the same user has a process outside, an ordinary user, too, reads files outside by way of that process's root." }
# timeout = 120
# volatile = ["pid"]
# ///
# hide
mkdir --parents jail/bin jail/proc
cp /bin/busybox jail/bin
chroot jail /bin/busybox --install -s /bin
# show
setpriv --reuid=1000 --regid=1000 --clear-groups sleep infinity &
mount -t proc proc jail/proc
# hide
until pgrep -x sleep > pid; do sleep 0.1; done
# show
# shellcheck disable=SC2016 # the inner shell expands it
capsh --chroot=jail --gid=1000 --uid=1000 --shell=/bin/sh -- -c 'grep ^ID= /proc/$(pidof sleep)/root/usr/lib/os-release'
# shellcheck disable=SC2016 # the inner shell expands it
capsh --chroot=jail --gid=1001 --uid=1001 --shell=/bin/sh -- -c 'grep ^ID= /proc/$(pidof sleep)/root/usr/lib/os-release' # ? 2
# hide
pkill -x sleep
umount jail/proc
# show
