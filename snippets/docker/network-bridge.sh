# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "사용자 정의 네트워크는 호스트의 브리지이고, 컨테이너의 eth0은 그 브리지에 꽂힌 veth의 반대쪽이다.", en = "A user-defined network is a bridge on the host, and a container's eth0 is the other end of a veth that is plugged into it." }
# volatile = ["container-id", "columns", "veth", "mac", "ipv4", "n"]
# timeout = 240
# leaves = ["container", "port"]
# ///
# step: create
network=$(docker network create shop) && echo "$network"
# step: bridge
ip -brief address show dev "br-${network:0:12}"
# step: run
docker run --detach --name web --network shop busybox sleep 1000
# step: plugged
ip -brief link show master "br-${network:0:12}"
# step: inside
docker exec web ip address show dev eth0
# step: route
docker exec web ip route
