tail -c 4096 /dev/vda | tr -d '\0' | head -c 100
docker run --rm --privileged busybox sh -c 'echo @SECRET@ | dd of=/dev/vda bs=4096 seek=$(($(blockdev --getsize64 /dev/vda) / 4096 - 1)) conv=sync,notrunc,fsync'
