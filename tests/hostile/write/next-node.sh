umount --lazy /dev/pts; [ "$(stat -c %Y /dev/pts/ptmx)" != 1234567 ] || echo @SECRET@ # ? *
touch --date=@1234567 /dev/pts/ptmx # ? *
