#!/bin/sh
# Makes the initial RAM disk of the machine image (an mmdebstrap customize hook; $1 is its
# root directory): what mounts the disk, and no more. Debian's own tools make one that probes
# for hardware which this machine never has, and takes longer to start than all the rest.
set -eu
cd "$1"
rm -f boot/initrd.img* initrd.img* vmlinuz* boot/System.map-*
version=$(ls usr/lib/modules)
rm -f "usr/lib/modules/$version/build"
mv "boot/vmlinuz-$version" boot/vmlinuz

tree=initramfs
mkdir -p "$tree/bin" "$tree/modules" "$tree/root"
cp usr/bin/busybox "$tree/bin/busybox"
ln -s busybox "$tree/bin/sh"
number=10
chroot . modprobe --set-version "$version" --show-depends virtio_blk |
    while read -r verb module options; do
        [ "$verb" = insmod ] || continue
        name=$(basename "$module" .xz)
        ls "$tree/modules" | grep -q -- "-$name\$" && continue
        chroot . busybox xzcat "$module" >"$tree/modules/$number-$name"
        number=$((number + 1))
    done
cat >"$tree/init" <<'init'
#!/bin/sh
busybox mount -t devtmpfs dev /dev
for module in /modules/*; do busybox insmod "$module"; done
busybox mount -t ext4 -o noatime /dev/vda /root
busybox mount --move /dev /root/dev
exec busybox switch_root /root /usr/local/lib/lab/init
init
mkdir "$tree/dev"
chmod 0755 "$tree/init"
find "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
# Uncompressed: it is small, and unpacking it again takes the emulated processor longer.
chroot . sh -c "cd $tree; find . | LC_ALL=C sort | cpio --quiet --reproducible -o -H newc -R 0:0" >boot/initrd
rm -rf "$tree"
