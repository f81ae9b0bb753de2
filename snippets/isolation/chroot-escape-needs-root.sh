# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "CAP_SYS_CHROOT가 없으면 같은 프로그램이 감옥에 머문다. 탈출에는 두 번째 chroot가 필요하다.", en = "Without CAP_SYS_CHROOT the same program stays in the jail: the escape needs a second chroot." }
# files = ["escape.c"]
# ///
# hide
echo 'top secret' > outside.txt
mkdir --parents jail/bin
cp /bin/busybox jail/bin
chroot jail /bin/busybox --install -s /bin
tcc -o jail/escape escape.c
cp --parents $(ldd jail/escape | grep --only-matching '/[^ ]*') jail
# show
chroot jail /escape cat /root/outside.txt
capsh --chroot=jail --drop=cap_sys_chroot --shell=/escape -- cat /root/outside.txt  # ? 1
