# /// snippet
# lab = "docker"
# proves = { ko = "포트를 게시하면 호스트의 포트를 컨테이너 주소로 보내는 DNAT 규칙이 생긴다. 클라이언트는 호스트의 주소를 보고, 컨테이너는 클라이언트의 주소를 본다.", en = "Publishing writes a DNAT rule that sends the host's port to the container's address. The client sees the host's address, the container that of the client." }
# volatile = ["container-id", "ipv4", "port"]
# timeout = 240
# leaves = ["container"]
# ///
# hide
ip netns add client
ip link add lan0 type veth peer name eth0 netns client
ip address add 192.0.2.1/24 dev lan0 && ip link set lan0 up
ip -n client address add 192.0.2.2/24 dev eth0 && ip -n client link set eth0 up
# show
# step: run
docker run --detach --name web --publish 8080:80 busybox sh -c 'echo hello > index.html && httpd -f -v -p 80'
# step: address
docker inspect --format '{{.NetworkSettings.IPAddress}}' web
# hide
until curl --silent --output /dev/null "$(docker inspect --format '{{.NetworkSettings.IPAddress}}' web)"; do sleep 0.1; done
# show
# step: rule
iptables --table nat --list-rules | grep -- '--dst-type LOCAL\|8080'
# step: request
ip netns exec client curl --silent http://192.0.2.1:8080/
# step: seen
docker logs web 2>&1 | grep --only-matching '192[.0-9]*'
# step: flow
grep dport=8080 /proc/net/nf_conntrack | grep --only-matching 'src=[^ ]* dst=[^ ]* sport=[0-9]* dport=[0-9]*'
# hide
ip netns delete client
# show
