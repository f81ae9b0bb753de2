# /// snippet
# lab = "namespace"
# proves = { ko = "인터페이스, 주소, 경로, /proc/sys/net의 설정은 네트워크 네임스페이스 하나에 속한다.", en = "Interfaces, addresses, routes and a setting under /proc/sys/net belong to one network namespace." }
# browser = { ko = "그 머신의 첫 네임스페이스는 호스트의 것이고, 새 네임스페이스는 `ip_forward`를 거기에서 이어받는다", en = "the first namespace of its machine is the host's, from which a new one inherits `ip_forward`" }
# ///
# hide
ip link add veth0 type veth peer name veth1
ip link set veth1 up
# show
ip address add 192.0.2.1/24 dev veth0
ip link set veth0 up
ip -4 route
sysctl --write net.ipv4.ip_forward=1
unshare --net bash <<'jail'
ip link show veth0  # ? 1
ip -4 route
sysctl net.ipv4.ip_forward
jail
sysctl net.ipv4.ip_forward
