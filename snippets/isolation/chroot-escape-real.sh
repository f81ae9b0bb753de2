# /// snippet
# lab = "machine"
# proves = { ko = "진짜 root는 chroot에서 나온다. CAP_SYS_CHROOT가 없거나 pivot_root가 옛 root를 치웠으면 나오지 못한다.", en = "Real root leaves a chroot; without CAP_SYS_CHROOT, or where pivot_root took the old root away, it does not." }
# files = ["escape.c"]
# timeout = 120
# ///
echo 'top secret' > outside.txt
tcc -o escape escape.c
# hide
mkdir --parents jail/bin jail/old
cp /bin/busybox jail/bin
chroot jail /bin/busybox --install -s /bin
cp escape jail
cp --parents $(ldd escape | grep --only-matching '/[^ ]*') jail
# show
cat /proc/self/uid_map
chroot jail /bin/sh <<'jail'
/escape cat /root/outside.txt
jail
capsh --chroot=jail --drop=cap_sys_chroot --shell=/escape -- cat /root/outside.txt # ? 1
unshare --mount /bin/sh <<'container'
mount --bind jail jail
cd jail
pivot_root . old
cd /
umount -l /old
/escape cat /root/outside.txt # ? 1
hostname
container
