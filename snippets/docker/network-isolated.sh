# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "서로 다른 네트워크의 컨테이너는 이름으로도 주소로도 접속하지 못한다. 컨테이너를 두 번째 네트워크에 연결하면 접속한다.", en = "Containers on two networks cannot connect, by name or by address. Once one is connected to the other's network they can." }
# volatile = ["container-id", "ipv4"]
# timeout = 240
# leaves = ["container"]
# ///
# step: create
docker network create front && docker network create back
# step: run
docker run --detach --name db --network back busybox sh -c 'echo hello > index.html && httpd -f -p 80'
docker run --detach --name web --network front busybox sleep 1000
# step: name
docker exec web wget -q -T 20 -O - http://db/  # ? 1
# step: address
docker exec web wget -q -T 5 -O - "http://$(docker inspect --format '{{.NetworkSettings.Networks.back.IPAddress}}' db)/"  # ? 1
# step: connect
docker network connect back web
# step: again
docker exec web wget -q -T 20 -O - http://db/
# step: interfaces
docker exec web ls /sys/class/net
