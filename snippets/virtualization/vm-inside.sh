# /// snippet
# lab = "machine"
# proves = { ko = "가상 머신은 별도의 커널을 부팅한다. 부트 ID가 가상 머신을 실행하는 머신과 다르다.", en = "A virtual machine boots a kernel of its own: its boot ID is not that of the machine on which it runs." }
# volatile = ["kernel", "uuid"]
# values = { kernel = 'host: (\S+)', guest_kernel = 'guest: (\d\S+)\s', boot = 'host: (\S+-\S+)\s+guest', guest_boot = 'guest: \S+\s+guest: (\S+)' }
# holds = ["kernel == guest_kernel", "boot != guest_boot"]
# timeout = 300
# ///
# hide
mkdir -p root/bin && cp /bin/busybox root/bin
cat > root/init <<'init'
#!/bin/busybox sh
/bin/busybox mkdir /proc
/bin/busybox mount -t proc proc /proc
echo "guest: $(/bin/busybox uname -r)"
echo "guest: $(/bin/busybox cat /proc/sys/kernel/random/boot_id)"
/bin/busybox poweroff -f
init
chmod +x root/init
(cd root && find . | busybox cpio -o -H newc) > guest.cpio
modprobe kvm-amd
# show
cat root/init
echo "host: $(uname -r)"
echo "host: $(cat /proc/sys/kernel/random/boot_id)"
qemu-system-x86_64 -M microvm -accel kvm -m 128 -nodefaults -no-reboot -display none -serial stdio -kernel /boot/vmlinuz -initrd guest.cpio -append 'console=ttyS0 quiet reboot=t' | grep guest
