# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "127.0.0.11에서 응답하는 DNS 서버는 dockerd다. dockerd가 컨테이너의 네트워크 네임스페이스 안에 소켓을 열고, 규칙이 53번 포트로 가는 질의를 그 소켓으로 보낸다.", en = "The DNS server at 127.0.0.11 is dockerd: it has a socket in the container's network namespace, and a rule sends there what goes to port 53." }
# differs = { kind = "network", ko = "호스트에 DNS 서버가 없으면 Docker 26은 8.8.8.8에 물어본다. 28.0부터는 기본 브리지의 컨테이너에서만 그렇게 하고, 사용자 정의 네트워크에서는 바로 오류를 돌려준다.", en = "Where the host has no DNS server Docker 26 asks 8.8.8.8; since 28.0 it does so only for containers on the default bridge, and on a user-defined network it returns an error at once." }
# volatile = ["container-id", "pid", "port", "ipv4", { name = "descriptor", pattern = 'fd=\d+' }]
# timeout = 240
# leaves = ["container"]
# ///
# hide
docker network create shop
docker run --detach --name db --network shop --network-alias database busybox sleep 1000
docker run --detach --name web --network shop busybox sleep 1000
web=$(docker inspect --format '{{.State.Pid}}' web)
# show
# step: ask
docker exec web nslookup -type=a db
# step: alias
docker exec web nslookup -type=a database
# step: socket
nsenter --target "$web" --net ss -Hlunp | awk '{ print $4, $6 }'
# step: rule
nsenter --target "$web" --net iptables --table nat --list-rules DOCKER_OUTPUT
# step: unknown
docker exec web nslookup -type=a nobody  # ? 1
