mount --make-rshared / # ? *
mount -t tmpfs @NAME@ /srv # ? *
sleep 0.5
umount /srv # ? *
