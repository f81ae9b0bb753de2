# /// snippet
# lab = "machine"
# proves = "A virtual machine boots a kernel of its own: its boot ID is not that of the machine on which it runs."
# volatile = ["kernel", "uuid"]
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
modprobe kvm-amd 2> /dev/null || modprobe kvm-intel
# show
cat root/init
echo "host: $(cat /proc/sys/kernel/random/boot_id)"
qemu-system-x86_64 -M microvm -accel kvm -m 128 -nodefaults -no-reboot -display none -serial stdio -kernel /boot/vmlinuz -initrd guest.cpio -append 'console=ttyS0 quiet reboot=t' | grep guest
