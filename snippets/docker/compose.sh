# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "docker compose up은 파일에 적힌 서비스를 보통의 네트워크와 볼륨과 컨테이너로 만들고, 이름과 레이블에 프로젝트를 적는다. down은 볼륨만 남기고 지운다.", en = "From the services in a file docker compose up makes an ordinary network, volume and containers, with the project in their names and labels. down removes all but the volume." }
# differs = { kind = "printed", ko = "Compose 2.26은 볼륨의 이름을 따옴표로 묶어 출력하고, 2.40은 묶지 않는다.", en = "Compose 2.26 prints the volume's name in quotation marks, 2.40 without." }
# volatile = ["container-id", "ipv4", "columns", "duration"]
# unordered = ["up", "down"]
# timeout = 240
# ///
# shellcheck disable=SC2164
mkdir shop && cd shop
# step: file
cat > compose.yaml <<'EOF'
services:
  db:
    image: busybox
    command: sh -c 'echo hello > /data/index.html && httpd -f -p 80 -h /data'
    volumes: ["data:/data"]
  web:
    image: busybox
    command: sleep 1000
    ports: ["8080:80"]
volumes:
  data:
EOF
# step: up
docker compose up --detach 2>&1 | grep -E 'Created|Started'
# step: ps
docker compose ps --format 'table {{.Name}}\t{{.Service}}\t{{.State}}'
# step: containers
docker ps --format '{{.Names}}' | sort
# step: networks
docker network ls --filter name=shop --format '{{.Name}}'
# step: volumes
docker volume ls --quiet
# step: labels
docker inspect --format '{{json .Config.Labels}}' shop-web-1 | python3 -m json.tool | grep -E '"com.docker.compose.(project|service|container-number)"'
# step: name
docker compose exec web wget -q -O - http://db/
# step: down
docker compose down --timeout 0 2>&1 | grep Removed
# step: left
docker ps --all --quiet && docker network ls --quiet --filter name=shop && docker volume ls --quiet
