# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "pivot_root를 하고 옛 루트를 언마운트하면, chroot 감옥을 빠져나오던 프로그램이 밖에서 아무것도 찾지 못한다.", en = "After pivot_root and umount of the old root, the program that leaves a chroot jail finds nothing outside." }
# files = ["escape.c"]
# ///
# hide
echo 'top secret' > outside.txt
mkdir --parents newroot/bin newroot/old
cp /bin/busybox newroot/bin
chroot newroot /bin/busybox --install -s /bin
tcc -o newroot/escape escape.c
cp --parents $(ldd newroot/escape | grep --only-matching '/[^ ]*') newroot
# show
unshare --mount /bin/sh <<'container'
mount --bind newroot newroot
cd newroot
pivot_root . old
cd /
cat /old/root/outside.txt
umount -l /old
ls /old
/escape cat /root/outside.txt  # ? 1
container
cat outside.txt
