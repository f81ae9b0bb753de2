# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "정적 프로그램 하나가 든 디렉터리와 그 위의 오버레이면, 원본을 건드리지 않고 쓸 수 있는 루트 파일 시스템이 된다.", en = "A directory with one static program and an overlay over it are enough for a root file system that can be written without touching the original." }
# ///
mkdir --parents image/bin image/proc image/etc upper work root
cp /bin/busybox image/bin
chroot image /bin/busybox --install -s /bin
echo 'from the image' > image/etc/motd
mount -t overlay overlay -o lowerdir=image,upperdir=upper,workdir=work,userxattr root
chroot root /bin/sh -c 'echo "from the container" > /etc/motd'
cat image/etc/motd
cat upper/etc/motd
# hide
umount root
# show
