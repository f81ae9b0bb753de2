mount -t tmpfs -o size=1G tmpfs /mnt
head -c 200M /dev/zero > /mnt/hoard
sleep 0.5
umount /mnt
