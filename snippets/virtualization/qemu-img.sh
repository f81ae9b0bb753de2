# /// snippet
# lab = "machine"
# proves = { ko = "QEMU, VMware, Hyper-V, VirtualBox의 형식은 서로 다른 파일이지만 담긴 섹터는 같다.", en = "The formats of QEMU, VMware, Hyper-V and VirtualBox are different files that hold the same sectors." }
# timeout = 120
# ///
head -c 16M /dev/zero > disk.raw
echo 'boot!' | dd of=disk.raw conv=notrunc status=none
for format in qcow2 vmdk vhdx vdi; do qemu-img convert -f raw -O $format disk.raw disk.$format; done
head -c 4 disk.qcow2 | od -A n -c
head -c 4 disk.vmdk | od -A n -c
head -c 8 disk.vhdx | od -A n -c
head -c 16 disk.vdi | od -A n -c
for format in qcow2 vmdk vhdx vdi; do qemu-img compare -f raw -F $format disk.raw disk.$format; done
cmp disk.vmdk disk.vhdx # ? 1
