# /// snippet
# lab = "namespace"
# proves = { ko = "네임스페이스 랩의 root는 오버레이를 마운트하고, 루트 디렉터리를 바꾸고, 새 네임스페이스와 그 사이의 케이블을 만든다.", en = "Root in the namespace lab mounts an overlay, changes its root directory, and makes new namespaces and a cable between them." }
# volatile = ["columns"]
# browser = true
# ///
mkdir lower upper work merged
cp /bin/busybox lower/sh
mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged
chroot merged /sh -c 'pwd; ls /'
unshare --pid --fork --mount-proc ps -o pid,comm
ip link add here type veth peer name there
ip -brief link show type veth | wc -l
umount merged
ip link delete here
