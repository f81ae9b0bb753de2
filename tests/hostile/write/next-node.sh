umount --lazy /dev/pts; [ "$(stat -c %Y /dev/pts/ptmx)" != @NUMBER@ ] || echo @SECRET@ # ? *
touch --date=@@NUMBER@ /dev/pts/ptmx # ? *
