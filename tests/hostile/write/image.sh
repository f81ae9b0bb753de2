echo 'echo @NAME@' >> /etc/bash.bashrc # ? *
touch /usr/@NAME@ # ? *
mount -o remount,rw / && touch /usr/@NAME@ # ? *
mount -o remount,rw,bind / && touch /usr/@NAME@ # ? *
mkdir copy && mount --rbind / copy && mount -o remount,rw,bind copy && touch copy/usr/@NAME@ # ? *
umount -R copy # ? *
