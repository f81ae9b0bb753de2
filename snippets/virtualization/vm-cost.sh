# /// snippet
# lab = "machine"
# proves = "On the same machine, starting a process in new namespaces takes a small part of the time and memory that booting a virtual machine takes."
# volatile = ["duration", "size"]
# values = { container_start = '\A([\d.]+) s', vm_start = '\A.*\n([\d.]+) s', container_memory = '^Private_Dirty: +(\d+ kB)', vm_memory = '^Private_Dirty: +\d+ kB\n^Private_Dirty: +(\d+ kB)' }
# holds = ["container_start * 5 < vm_start", "container_memory * 20 < vm_memory"]
# timeout = 300
# ///
# hide
mkdir -p root/bin && cp /bin/busybox root/bin
printf '#!/bin/busybox sh\necho up\nexec /bin/busybox sleep 1000\n' > root/init
chmod +x root/init
(cd root && find . | busybox cpio -o -H newc 2> /dev/null) > guest.cpio
modprobe kvm-amd 2> /dev/null || modprobe kvm-intel
TIMEFORMAT='%2R seconds'
vm() { qemu-system-x86_64 -M microvm -accel kvm -m 128 -nodefaults -no-reboot -display none -serial file:console -kernel /boot/vmlinuz -initrd guest.cpio -append 'console=ttyS0 quiet' & }
up() { until grep -q "$1" console 2> /dev/null; do sleep 0.1; done; }
# show
time unshare --mount --uts --ipc --net --pid --cgroup --fork busybox true
time { vm; up up; }
unshare --mount --uts --ipc --net --pid --cgroup --fork busybox sleep 1000 &
# hide
until pgrep -x busybox > /dev/null; do sleep 0.1; done
sleep 1
# show
grep Private_Dirty "/proc/$(pgrep -x busybox)/smaps_rollup"
grep Private_Dirty "/proc/$(pgrep qemu)/smaps_rollup"
# hide
disown -a
pkill -KILL qemu
pkill -KILL -x busybox
# show
