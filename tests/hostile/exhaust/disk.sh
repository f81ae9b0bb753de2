head -c 150M /dev/zero > hoard
sleep 0.5
