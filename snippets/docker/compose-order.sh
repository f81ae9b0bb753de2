# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "depends_on만으로는 컨테이너가 시작될 때까지만 기다린다. condition: service_healthy가 있으면 상태 검사가 통과할 때까지 기다린다.", en = "depends_on alone waits until the container has started; with condition: service_healthy, until its health check has passed." }
# volatile = ["ipv4"]
# timeout = 300
# leaves = ["container", "file"] # runc's, while a health check runs
# ///
# step: file
cat > compose.yaml <<'EOF'
name: shop
services:
  db:
    image: busybox
    command: sh -c 'sleep 30 && echo hello > index.html && httpd -f -p 80'
    healthcheck:
      test: wget -q -O /dev/null http://127.0.0.1/
      interval: 5s
      retries: 100
  web:
    image: busybox
    command: wget -q -O - http://db/
    depends_on:
      db:
        condition: service_started
EOF
# step: started
docker compose up --detach 2> /dev/null && docker wait shop-web-1
# step: refused
docker logs shop-web-1
# step: change
sed -i s/service_started/service_healthy/ compose.yaml
# step: healthy
docker compose up --detach --force-recreate --timeout 0 2> /dev/null && docker wait shop-web-1
# step: answered
docker logs shop-web-1
