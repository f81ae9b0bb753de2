# /// snippet
# lab = "machine"
# proves = { ko = "같은 머신에서 새 네임스페이스나 컨테이너로 프로세스를 시작하는 데는 가상 머신 부팅보다 훨씬 적은 시간과 메모리가 든다.", en = "On one machine, starting a process in new namespaces or in a container takes a small part of the time and memory that booting a virtual machine takes." }
# volatile = ["n", "size"]
# values = { container_start = '\A([\d.]+) times', vm_start = '\A.*\n([\d.]+) times', namespaces_memory = '^Private_Dirty: +(\d+ kB)', container_memory = '^Private_Dirty: +\d+ kB\nPrivate_Dirty: +(\d+ kB)', vm_memory = '^(?:Private_Dirty: +\d+ kB\n){2}Private_Dirty: +(\d+ kB)' }
# holds = ["container_start > 1", "vm_start > 2", "namespaces_memory * 20 < vm_memory", "container_memory * 20 < vm_memory"]
# timeout = 300
# ///
# hide
mkdir -p bundle/rootfs/bin && cp /bin/busybox bundle/rootfs/bin && ln bundle/rootfs/bin/busybox bundle/rootfs/bin/sh
(cd bundle && runc spec && sed -i 's/"terminal": true/"terminal": false/; s/"sh"$/"sh", "-c", "echo up; exec busybox sleep 1000"/' config.json)
mkdir -p root/bin && cp /bin/busybox root/bin
printf '#!/bin/busybox sh\necho up\nexec /bin/busybox sleep 1000\n' > root/init
chmod +x root/init
(cd root && find . | busybox cpio -o -H newc 2> /dev/null) > guest.cpio
modprobe kvm-amd
up() { until grep -q up "$1" 2> /dev/null; do sleep 0.1; done; }
start() { local began=${EPOCHREALTIME/./}; "$1"; up "$1.out"; eval "$1=$((${EPOCHREALTIME/./} - began))"; }
times() { busybox awk "BEGIN { printf \"%.1f times as long\n\", $1 / $2 }"; }
dirty() { grep Private_Dirty "/proc/$1/smaps_rollup"; }
busybox true
runc --version > /dev/null
# show
namespaces() { unshare --mount --uts --ipc --net --pid --cgroup --fork busybox sh -c 'echo up; exec busybox sleep 1000' > namespaces.out & }
container() { runc run --bundle bundle demo > container.out & }
vm() { qemu-system-x86_64 -M microvm -accel kvm -m 128 -nodefaults -no-reboot -display none -serial file:vm.out -kernel /boot/vmlinuz -initrd guest.cpio -append 'console=ttyS0 quiet' & }
start namespaces
start container
start vm
# shellcheck disable=SC2154 # `start` assigns them
times "$container" "$namespaces"
# shellcheck disable=SC2154
times "$vm" "$container"
# hide
sleep 2
# show
dirty $(pgrep --parent $(pgrep -x unshare))
dirty $(pgrep --parent $(pgrep -x runc))
dirty $(pgrep qemu)
# hide
disown -a
pkill -KILL qemu
runc delete --force demo
rm -rf /run/runc
pkill -KILL -x busybox
# show
