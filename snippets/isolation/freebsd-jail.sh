# /// snippet
# lab = "none"
# proves = { ko = "jail은 루트 디렉터리, 호스트네임, 주소 같은 매개변수로 만들고, 그 프로세스는 밖에서 보고 제한하고 없앨 수 있다.", en = "A jail is created from parameters: a root directory, a hostname and an address; its processes can be listed, limited and removed from outside." }
# reason = { ko = "FreeBSD 커널이 필요하다. 이 사이트의 랩은 리눅스 커널에서만 동작한다.", en = "Needs a FreeBSD kernel; this site's labs run on a Linux kernel only." }
# source = "https://man.freebsd.org/cgi/man.cgi?query=jail&sektion=8"
# ///
jail -c name=testjail path=/data/jail/testjail mount.devfs host.hostname=testhostname ip4.addr=192.0.2.100 persist
jls
jexec testjail sysctl security.jail.jailed
rctl -hu jail:testjail
jail -r testjail
