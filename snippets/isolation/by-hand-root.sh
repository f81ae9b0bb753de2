# /// snippet
# lab = "namespace"
# browser = true
# proves = "A directory with one static program and an overlay over it are enough for a root file system that can be written without touching the original."
# ///
mkdir --parents image/bin image/proc image/etc upper work root
cp /bin/busybox image/bin
chroot image /bin/busybox --install -s /bin
echo 'from the image' > image/etc/motd
mount -t overlay overlay -o lowerdir=image,upperdir=upper,workdir=work,userxattr root
chroot root /bin/sh -c 'echo "from the container" > /etc/motd'
cat image/etc/motd
cat upper/etc/motd
