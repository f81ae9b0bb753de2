# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "chroot 뒤에는 /로 시작하는 경로가 새 루트에서 출발하고, 바깥 파일에는 이름이 없다.", en = "After chroot, a path that begins with / starts at the new root; a file outside has no name there." }
# ///
echo 'top secret' > outside.txt
mkdir --parents jail/bin
cp /bin/busybox jail/bin
chroot jail /bin/busybox --install -s /bin
pwd
chroot jail /bin/sh <<'jail'
pwd
ls /
ls /..
cat /root/outside.txt  # ? 1
jail
cat /root/outside.txt
