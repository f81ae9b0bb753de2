# /// snippet
# lab = "machine"
# proves = { ko = "진짜 root는 chroot에서 나온다. CAP_SYS_CHROOT를 빼면 두 번째 chroot만 막히고, proc을 마운트하는 길은 열려 있다.", en = "Real root leaves a chroot. Without CAP_SYS_CHROOT only the second chroot fails; a mount of proc still leads out." }
# files = ["escape.c"]
# timeout = 120
# ///
echo 'top secret' > outside.txt
tcc -o escape escape.c
# hide
mkdir --parents jail/bin jail/proc
cp /bin/busybox jail/bin
chroot jail /bin/busybox --install -s /bin
cp escape jail
cp --parents $(ldd escape | grep --only-matching '/[^ ]*') jail
# show
cat /proc/self/uid_map
chroot jail /escape cat /root/outside.txt
capsh --chroot=jail --drop=cap_sys_chroot --shell=/escape -- cat /root/outside.txt # ? 1
capsh --chroot=jail --drop=cap_sys_chroot --shell=/bin/sh -- -c 'mount -t proc proc /proc; cat /proc/1/root/root/outside.txt'
# hide
umount jail/proc
# show
