echo 1 > /sys/bus/pci/rescan
sleep 0.5
for disk in $(ls /sys/class/block | grep -v '^loop\|^vda$'); do head -c 100 /dev/$disk; done # ? *
for kind in virtiofs 9p vboxsf; do mount -t $kind host /mnt && cat /mnt/secret; done # ? *
cat /sys/firmware/qemu_fw_cfg/by_name/*/*/raw | tr -d '\0' | tail -c 1000 # ? *
cat /dev/virtio-ports/* /dev/vport*p[2-9] # ? *
cat @PLACE@/secret # ? *
