(( $(date +%s) - $(stat -c %Y /dev/full) > 20 )) || echo @SECRET@ # ? *
touch /dev/full # ? *
