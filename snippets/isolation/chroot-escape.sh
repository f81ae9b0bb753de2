# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "chroot 감옥의 root는 mkdir, chroot, chdir로 빠져나와 바깥 파일을 읽는다.", en = "Root in a chroot jail leaves it with mkdir, chroot and chdir, and reads a file outside." }
# files = ["escape.c"]
# ///
echo 'top secret' > outside.txt
cat escape.c
tcc -o escape escape.c
# hide
mkdir --parents jail/bin
cp /bin/busybox jail/bin
chroot jail /bin/busybox --install -s /bin
cp escape jail
cp --parents $(ldd escape | grep --only-matching '/[^ ]*') jail
# show
chroot jail /bin/sh <<'jail'
cat /root/outside.txt  # ? 1
/escape cat /root/outside.txt
jail
