[ $(stat -c %Y /dev/full) != @NUMBER@ ] || echo @SECRET@ # ? *
touch --date=@@NUMBER@ /dev/full # ? *
