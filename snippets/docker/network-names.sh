# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "사용자 정의 네트워크에서는 컨테이너가 서로를 이름으로 찾고, 기본 브리지에서는 주소로만 찾는다.", en = "On a user-defined network containers find each other by name; on the default bridge only by address." }
# differs = { kind = "network", ko = "호스트에 DNS 서버가 없으면 Docker 26은 8.8.8.8과 8.8.4.4를 대신 쓰고, 28.0부터는 사용자 정의 네트워크에서 그러지 않는다.", en = "Where the host has no DNS server Docker 26 takes 8.8.8.8 and 8.8.4.4 instead; since 28.0 it does not on a user-defined network." }
# volatile = ["container-id", "ipv4"]
# timeout = 300
# leaves = ["container"]
# ///
# hide
serve() { docker run --detach "$@" busybox sh -c 'echo hello > index.html && httpd -f -p 80'; }
# show
# step: create
docker network create shop
# step: shop
serve --name db --network shop
# step: name
docker run --rm --network shop busybox wget -q -O - http://db/
# step: resolver
docker run --rm --network shop busybox cat /etc/resolv.conf
# step: default
serve --name old
# step: no-name
docker run --rm busybox wget -q -T 20 -O - http://old/  # ? 1
# step: address
docker run --rm busybox wget -q -O - "http://$(docker inspect --format '{{.NetworkSettings.Networks.bridge.IPAddress}}' old)/"
