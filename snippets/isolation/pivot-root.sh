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
# step: unshare
unshare --mount /bin/sh <<'container'
# step: bind
mount --bind newroot newroot
cd newroot
# step: pivot
pivot_root . old
cd /
# step: old
cat /old/root/outside.txt
# step: umount
umount -l /old
ls /old
# step: escape
/escape cat /root/outside.txt  # ? 1
container
# step: outside
cat outside.txt
