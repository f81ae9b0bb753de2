# /// snippet
# lab = "none"
# proves = { ko = "Xen의 게스트는 dom0에서 만들고 나열하며, dom0 자신도 목록의 한 줄이다.", en = "Guests of Xen are made and listed from dom0, which is itself a line of the list." }
# reason = { ko = "Xen 위에서 부팅한 dom0이 필요하다. 이 사이트의 랩은 Xen 없이 리눅스 커널에서 동작한다.", en = "Needs a dom0 that was booted on Xen; this site's labs run on a Linux kernel without Xen." }
# source = "https://xenbits.xen.org/docs/unstable/man/xl.1.html"
# ///
cat > guest.cfg <<'cfg'
name   = "guest"
type   = "pvh"
kernel = "/boot/vmlinuz"
memory = 256
vcpus  = 1
disk   = ["/srv/guest.img,raw,xvda,rw"]
cfg
xl create guest.cfg
xl list
cat /sys/hypervisor/type
