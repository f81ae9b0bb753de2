# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "Docker 28은 다른 호스트가 컨테이너의 주소로 직접 보낸 패킷을 raw 테이블의 규칙으로 버린다. 게시한 포트로 보낸 패킷도 버린다.", en = "Docker 28 drops packets that another host sends to the address of a container itself, by a rule in the table raw, even for a published port." }
# differs = { kind = "network", ko = "Docker 28.0부터는 다른 호스트가 컨테이너의 주소로 직접 보낸 패킷을 raw 테이블에서 버린다. Docker 26에는 이 규칙이 없어서 게시한 포트에 직접 접속된다.", en = "Since 28.0 Docker drops in the table raw what another host sends to a container's own address; Docker 26 has no such rule, and a published port can be reached directly." }
# volatile = ["container-id", "ipv4"]
# timeout = 240
# leaves = ["container"]
# ///
# hide
ip netns add client
ip link add lan0 type veth peer name eth0 netns client
ip address add 192.0.2.1/24 dev lan0 && ip link set lan0 up
ip -n client address add 192.0.2.2/24 dev eth0 && ip -n client link set eth0 up
docker run --detach --name web --publish 8080:80 busybox sh -c 'echo hello > index.html && httpd -f -p 80'
web=$(docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' web)
until curl --silent --output /dev/null "$web"; do sleep 0.1; done
# show
# step: route
ip -n client route add 172.17.0.0/16 via 192.0.2.1
# step: host
echo "$web" && curl --silent "http://$web/"
# step: direct
ip netns exec client curl --silent --connect-timeout 5 "http://$web/"  # ? 28, @26 0
# step: published
ip netns exec client curl --silent --max-time 20 http://192.0.2.1:8080/
# step: raw
iptables --table raw --list-rules PREROUTING
# step: flush
iptables --table raw --flush PREROUTING
# step: without
ip netns exec client curl --silent --max-time 20 "http://$web/"
# hide
ip netns delete client
# show
