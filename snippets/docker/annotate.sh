# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# differs = { kind = "builder", ko = "Buildx 0.29은 메시지 앞에 'failed to build:'를 더 붙인다.", en = "Buildx 0.29 begins the message with one more part, 'failed to build:'." }
# proves = { ko = "레이블은 이미지 구성(config)에서, 어노테이션은 매니페스트에서 읽힌다. 인덱스가 없으면 인덱스 어노테이션을 둘 곳도 없다.", en = "A label is read from the image config, an annotation from the manifest; without an index there is no place for an index annotation." }
# volatile = ["digest", "size"]
# timeout = 240
# ///
# hide
docker context use containerd > /dev/null 2>&1
# show
printf 'FROM busybox\n' > Dockerfile
docker build --quiet --provenance=false --output type=image,name=127.0.0.1:5000/web:1,push=true --label org.opencontainers.image.version=1.4.2 --annotation manifest:org.opencontainers.image.title=web .
docker image inspect --format '{{json .Config.Labels}}' 127.0.0.1:5000/web:1
docker buildx imagetools inspect --raw 127.0.0.1:5000/web:1 | python3 -c 'import json, sys; print(json.load(sys.stdin)["annotations"])'
docker build --provenance=false --output type=image,name=127.0.0.1:5000/web:2 --annotation index:org.opencontainers.image.title=web . 2>&1 | grep ERROR
