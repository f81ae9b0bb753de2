echo @VALUE@ > /sys/@FILE@ # ? *
mount -t sysfs sysfs /mnt && echo @VALUE@ > /mnt/@FILE@ # ? *
umount /mnt # ? *
