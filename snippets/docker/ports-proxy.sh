# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "127.0.0.1로 접속하면 패킷은 DNAT 규칙을 지나지 않고, docker-proxy라는 프로그램이 연결을 받아 컨테이너에 다시 접속한다. 다른 호스트에서 접속하면 패킷이 규칙을 지난다.", en = "A connection to 127.0.0.1 passes no DNAT rule: the program docker-proxy accepts it, and connects to the container. A connection from another host passes the rule." }
# volatile = ["container-id", "ipv4", "pid", "port", { name = "descriptor", pattern = 'fd=\d+' }]
# timeout = 240
# leaves = ["container"]
# ///
# hide
ip netns add client
ip link add lan0 type veth peer name eth0 netns client
ip address add 192.0.2.1/24 dev lan0 && ip link set lan0 up
ip -n client address add 192.0.2.2/24 dev eth0 && ip -n client link set eth0 up
docker run --detach --name web --publish 8080:80 busybox sh -c 'echo hello > index.html && httpd -f -v -p 80'
until docker exec web wget -q -O /dev/null http://127.0.0.1/; do sleep 0.1; done
# show
# step: listening
ss -Hltnp 'sport = :8080' | awk '{ print $4, $6 }'
# step: zero
iptables --table nat --zero DOCKER
# step: local
curl --silent http://127.0.0.1:8080/ http://127.0.0.1:8080/
# step: none
iptables --table nat --list-rules DOCKER --verbose | grep 8080
# step: remote
ip netns exec client curl --silent --max-time 20 http://192.0.2.1:8080/
# step: one
iptables --table nat --list-rules DOCKER --verbose | grep 8080
# step: seen
docker logs web 2>&1 | grep --only-matching -E '(172|192)[.0-9]+'
# step: output
iptables --table nat --list-rules OUTPUT
# hide
ip netns delete client
# show
