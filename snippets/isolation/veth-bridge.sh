# /// snippet
# lab = "machine"
# proves = { ko = "두 네트워크 네임스페이스가 veth 쌍과 브리지로 이어지고, 한쪽 링크를 내리면 끊긴다.", en = "Two network namespaces reach each other through veth pairs and a bridge, and no longer when one link is down." }
# timeout = 90
# ///
ip link add bridge0 type bridge
ip link set bridge0 up
for name in red blue; do ip netns add $name; ip link add $name type veth peer name eth0 netns $name; ip link set $name master bridge0 up; done
ip -n red address add 10.0.0.1/24 dev eth0
ip -n blue address add 10.0.0.2/24 dev eth0
ip -n red link set eth0 up
ip -n blue link set eth0 up
ip netns exec red busybox ping -c 1 -w 5 10.0.0.2 | grep received # settle: 20s
ip link set blue down
ip netns exec red busybox ping -c 1 -w 2 10.0.0.2 | grep received
# hide
ip netns delete red
ip netns delete blue
ip link delete bridge0
# show
