# /// snippet
# lab = "namespace"
# browser = true
# proves = "After chroot, a path that begins with / starts at the new root; a file outside has no name there."
# ///
echo 'top secret' > outside.txt
mkdir --parents jail/bin
cp /bin/busybox jail/bin
chroot jail /bin/busybox --install -s /bin
pwd
chroot jail /bin/sh <<'jail'
pwd
ls /
ls /..
cat /root/outside.txt  # ? 1
jail
cat /root/outside.txt
