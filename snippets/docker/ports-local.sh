# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "Docker 28은 127.0.0.1에 게시한 포트로 다른 호스트가 보낸 패킷을 버린다.", en = "Docker 28 drops what another host sends to a port that is published on 127.0.0.1." }
# differs = { kind = "network", ko = "Docker 28.0부터는 127.0.0.1에 게시한 포트로 다른 호스트가 보낸 패킷을 raw 테이블에서 버린다. Docker 26에서는 이웃 기계가 접속한다.", en = "Since 28.0 Docker drops in the table raw what another host sends to a port published on 127.0.0.1; in Docker 26 a neighbour connects." }
# volatile = ["container-id"]
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
docker run --detach --name web --publish 127.0.0.1:8080:80 busybox sh -c 'echo hello > index.html && httpd -f -p 80'
# step: local
curl --silent http://127.0.0.1:8080/  # settle: 30s
# step: route
ip netns exec client sh -c 'echo 1 > /proc/sys/net/ipv4/conf/eth0/route_localnet && ip route add 127.0.0.1 via 192.0.2.1'
# step: neighbour
ip netns exec client curl --silent --connect-timeout 5 http://127.0.0.1:8080/  # ? 28, @26 0
# step: raw
iptables --table raw --list-rules PREROUTING
# hide
ip netns delete client
# show
