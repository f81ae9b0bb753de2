# /// snippet
# lab = "browser"
# proves = { ko = "runc는 OCI 번들, 곧 루트 파일 시스템과 config.json이 든 디렉터리에서 컨테이너를 만든다.", en = "runc makes a container of an OCI bundle: a directory with a root file system and config.json." }
# timeout = 20
# ///
# hide
mkdir --parents bundle/rootfs/bin bundle/rootfs/proc bundle/rootfs/dev bundle/rootfs/sys
cp /bin/busybox bundle/rootfs/bin
chroot bundle/rootfs /bin/busybox --install -s /bin
cd bundle || exit
# show
runc spec
grep '"ociVersion"\|"hostname"\|"sh"' config.json
sed -i 's/"terminal": true/"terminal": false/; s/"sh"/"sh", "-c", "hostname; echo PID $$; ls \/"/' config.json
runc run demo
hostname
