# /// snippet
# lab = "docker"
# proves = { ko = "포트를 게시하면 호스트의 포트를 컨테이너 주소로 보내는 DNAT 규칙이 생긴다.", en = "Publishing writes a DNAT rule that sends the host's port to the container's address." }
# volatile = ["container-id", "ipv4"]
# timeout = 240
# leaves = ["container"]
# ///
docker run --detach --name web --publish 127.0.0.1:8080:80 busybox sleep 1000
docker inspect --format '{{.NetworkSettings.IPAddress}}' web
iptables --table nat --list-rules DOCKER | grep 8080
