mount -o remount,rw,bind /mnt # ? *
unshare --user --map-root-user --mount mount -o remount,rw,bind /mnt # ? *
mkdir copy && mount --rbind /mnt copy && mount -o remount,rw,bind copy # ? *
echo changed > /mnt/victim # ? *
echo changed > copy/victim # ? *
umount -R copy # ? *
