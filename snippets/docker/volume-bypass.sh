# /// snippet
# lab = "namespace"
# proves = { ko = "바인드 마운트 아래에 쓴 것은 쓰기 레이어가 아니라 마운트한 디렉터리에 놓이고, 컨테이너의 파일 시스템보다 오래 남는다.", en = "What is written below a bind mount lands in the mounted directory and not in the writable layer, and outlives the container's file system." }
# browser = true
# ///
mkdir --parents image/data upper work root volume
echo 'from the image' > image/data/seed
mount -t overlay overlay -o lowerdir=image,upperdir=upper,workdir=work,userxattr root
mount --bind volume root/data
ls root/data
echo 'order 1' > root/data/orders
echo 'a log line' > root/log
ls upper volume
umount root/data && ls root/data
umount root && rm --recursive upper work
cat volume/orders
