echo @VALUE@ > /proc/sys/@FILE@ # ? *
mount -t proc proc /mnt && echo @VALUE@ > /mnt/sys/@FILE@ # ? *
umount /mnt # ? *
