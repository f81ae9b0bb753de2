# /// snippet
# lab = "docker"
# proves = { ko = "빌드 캐시는 이미지와 볼륨과 따로 세고 따로 지운다.", en = "The build cache is counted and cleared apart from images and volumes." }
# volatile = ["digest", "size", "percentage", "container-id", "n", "duration"]
# timeout = 240
# ///
printf 'FROM busybox\nRUN dd if=/dev/zero of=/big bs=1M count=5 2>/dev/null\n' | docker build --quiet -
docker image prune --force
docker system df --format '{{.Type}}: {{.Size}}, {{.Reclaimable}} reclaimable'
docker builder prune --force | tail -n 1
docker system df --format '{{.Type}}: {{.Size}}, {{.Reclaimable}} reclaimable'
