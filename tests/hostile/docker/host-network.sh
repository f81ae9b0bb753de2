docker run --rm --privileged --network host --pid host busybox sh -c '
    echo 1 > /sys/bus/pci/rescan; nsenter -t 1 -m modprobe virtio_net; sleep 1
    for card in $(ls /sys/class/net | grep -Ev "^lo\$|^docker"); do
        ip link set $card up; ip address add 10.0.2.15/24 dev $card
    done
    wget -T 3 -O - http://10.0.2.2:@PORT@/' # ? *
