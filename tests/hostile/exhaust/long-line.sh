head -c 500000 /dev/zero | tr '\0' x
