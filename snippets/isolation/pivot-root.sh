# /// snippet
# lab = "namespace"
# browser = true
# proves = "After pivot_root and umount of the old root, the program that leaves a chroot jail finds nothing outside."
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
