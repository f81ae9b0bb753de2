# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "오버레이, 네임스페이스 5개, pivot_root, 새 /proc이면 컨테이너가 된다. 안의 셸은 PID 1이고, 별도의 호스트네임이 있고, 네트워크도 바깥 파일도 보이지 않으며, 쓴 파일은 모두 upper 디렉터리에 있다.", en = "Overlay, five namespaces, pivot_root and a new /proc make a container: PID 1, its own host name, no network, no file of the outside; all its writes lie in the upper directory." }
# ///
# hide
mkdir --parents image/bin image/proc image/etc upper work root
cp /bin/busybox image/bin
chroot image /bin/busybox --install -s /bin
echo 'from the image' > image/etc/motd
echo 'not needed' > image/etc/issue
# show
# step: overlay
mount -t overlay overlay -o lowerdir=image,upperdir=upper,workdir=work,userxattr root
# step: unshare
unshare --mount --uts --ipc --net --pid --fork /bin/sh <<'container'
cd root
mkdir old
# step: pivot
pivot_root . old
cd /
# step: proc
mount -t proc proc /proc
# step: umount
umount -l /old
rmdir /old
# step: hostname
hostname container
# step: inside
hostname
# step: ps
ps -o pid,comm | head -n 2
# step: network
ip link | grep -c LOWER_UP  # ? 1
# step: names
ls /
# step: write
echo 'from the container' > /etc/motd
# step: remove
rm /etc/issue
container
# step: outside
hostname
# step: files
cat image/etc/motd upper/etc/motd
ls image/etc
# step: whiteout
stat --format='%n: %F %t,%T' upper/etc/issue
# hide
umount root
# show
