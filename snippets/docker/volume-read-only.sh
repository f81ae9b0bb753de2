# /// snippet
# lab = "namespace"
# proves = "One directory can be mounted writable in one place and read-only in another."
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
