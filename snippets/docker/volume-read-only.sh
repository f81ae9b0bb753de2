# /// snippet
# lab = "namespace"
# proves = { ko = "한 디렉터리를 한 곳에는 쓰기 가능하게, 다른 곳에는 읽기 전용으로 마운트할 수 있다.", en = "One directory can be mounted writable in one place and read-only in another." }
# browser = true
# ///
mkdir data writer reader
mount --bind data writer
mount --bind data reader && mount -o remount,bind,ro reader
echo 'order 1' > writer/orders
cat reader/orders
rm reader/orders  # ? 1
rm writer/orders
# hide
umount reader writer
# show
