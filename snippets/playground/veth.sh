# /// snippet
# lab = "browser"
# timeout = 40
# proves = { ko = "veth 쌍은 두 네트워크 네임스페이스를 잇는 선이다.", en = "A veth pair is a cable between two network namespaces." }
# ///
ip link add left type veth peer name right
unshare --net sleep 99 &
until [ "$(readlink /proc/$!/ns/net)" != "$(readlink /proc/$$/ns/net)" ]; do sleep 0.1; done
ip link set right netns $!
ip address add 10.0.0.1/24 dev left
ip link set left up
nsenter --net --target $! ip address add 10.0.0.2/24 dev right
nsenter --net --target $! ip link set right up
ping -c 1 -W 5 -q 10.0.0.2 | grep transmitted
nsenter --net --target $! ip -brief -4 address
kill $!
