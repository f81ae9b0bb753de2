# /// snippet
# lab = "machine"
# proves = { ko = "pivot_root가 옛 root를 치운 뒤에도 진짜 root는 proc을 마운트해 나온다. PID 네임스페이스도 새것이면 그 길이 없다.", en = "After pivot_root has taken the old root away, real root still gets out by mounting proc. In a PID namespace of its own that way is gone." }
# files = ["escape.c"]
# timeout = 120
# ///
# hide
echo 'top secret' > outside.txt
tcc -o escape escape.c
mkdir --parents jail/bin jail/old jail/proc
cp /bin/busybox jail/bin
chroot jail /bin/busybox --install -s /bin
cp escape jail
cp --parents $(ldd escape | grep --only-matching '/[^ ]*') jail
# show
unshare --mount /bin/sh <<'container'
mount --bind jail jail
cd jail
pivot_root . old
cd /
umount -l /old
/escape cat /root/outside.txt # ? 1
mount -t proc proc /proc
cat /proc/1/root/root/outside.txt
container
unshare --mount --pid --fork /bin/sh <<'container'
# hide
mount --bind jail jail
cd jail
pivot_root . old
cd /
umount -l /old
# show
mount -t proc proc /proc
cat /proc/1/root/root/outside.txt # ? 1
hostname
container
