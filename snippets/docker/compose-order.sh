# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "depends_on만으로는 컨테이너가 시작될 때까지만 기다린다. condition: service_healthy가 있으면 상태 검사가 통과할 때까지 기다린다.", en = "depends_on alone waits until the container has started; with condition: service_healthy, until its health check has passed." }
# volatile = ["duration"]
# timeout = 300
# ///
# shellcheck disable=SC2164
mkdir shop && cd shop
# step: file
cat > compose.yaml <<'EOF'
services:
  db:
    image: busybox
    command: sh -c 'sleep 20 && echo hello > index.html && httpd -f -p 80'
    healthcheck:
      test: wget -q -O /dev/null http://127.0.0.1/
      interval: 1s
      retries: 100
  web:
    image: busybox
    command: wget -q -O - http://db/
    depends_on:
      db:
        condition: service_started
EOF
# hide
docker compose create 2> /dev/null
# show
# step: started
docker compose up --detach 2> /dev/null && docker wait shop-web-1
# step: refused
docker compose logs --no-log-prefix web
# hide
docker compose down --timeout 0 2> /dev/null
# show
# step: change
sed -i s/service_started/service_healthy/ compose.yaml
# step: healthy
docker compose up --detach 2> /dev/null && docker wait shop-web-1
# step: answered
docker compose logs --no-log-prefix web && docker compose ps --format '{{.Service}} {{.Health}}'
# hide
docker compose down --timeout 0 2> /dev/null
# show
