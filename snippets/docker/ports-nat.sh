# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "게시한 포트로 온 패킷은 DNAT 규칙이 목적지를 컨테이너로 바꾸므로 INPUT 체인을 지나지 않는다. 컨테이너는 클라이언트의 주소를 본다.", en = "A DNAT rule sends what arrives at a published port on to the container, past the chain INPUT. The container sees the client's address." }
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
docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' web
# hide
until curl --silent --output /dev/null "$(docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' web)"; do sleep 0.1; done
# show
# step: rule
iptables --table nat --list-rules DOCKER | grep 8080
# step: deny
iptables --insert INPUT --protocol tcp --dport 8080 --jump DROP
# step: request
ip netns exec client curl --silent --max-time 20 http://192.0.2.1:8080/
# step: passed
iptables --list-rules INPUT --verbose | grep 8080
# step: seen
docker logs web 2>&1 | grep --only-matching '192[.0-9]*' | uniq
# step: flow
grep dport=8080 /proc/net/nf_conntrack | grep --only-matching 'src=[^ ]* dst=[^ ]* sport=[0-9]* dport=[0-9]*'
# hide
iptables --delete INPUT --protocol tcp --dport 8080 --jump DROP
ip netns delete client
# show
