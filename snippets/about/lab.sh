# /// snippet
# lab = "namespace"
# proves = { ko = "스니펫은 랩 안에서 root이고 밖에서는 아무 권한이 없으며, 네트워크는 루프백뿐이다.", en = "A snippet is root inside the lab and nobody outside, with no network but its own loopback." }
# browser = { ko = "그 머신의 root는 `/etc/motd`에 쓸 수 있다", en = "root of its machine may write `/etc/motd`" }
# ///
whoami
cat /proc/self/uid_map
ip -brief address | cut -d ' ' -f 1
touch /etc/motd # ? 1
false # ? 1
