# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "이미지를 지워도 빌드 캐시가 그 레이어를 붙들고 있어 공간이 돌아오지 않는다. docker builder prune이 캐시를 지워야 돌아온다.", en = "Removing an image gives no space back while the build cache holds its layers; docker builder prune, which clears the cache, does." }
# volatile = ["digest", "size"]
# values = { layer = 'Total:\s+(\S+)' }
# holds = ["layer > 7MB"]
# timeout = 240
# ///
printf 'FROM busybox\nRUN head -c 8000000 /dev/urandom > /data\n' | docker build --quiet --tag app -
docker system df
docker image rm app
docker system df --format '{{.Type}} {{.Size}}'
docker builder prune --force | tail -n 1
docker system df --format '{{.Type}} {{.Size}}'
