head -c 5000000 /dev/zero >&9
