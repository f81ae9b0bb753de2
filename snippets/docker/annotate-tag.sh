# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "docker 드라이버에서 -t만 주고 빌드하면 --annotation이 경고 없이 무시된다. 출력을 --output type=image로 적으면 기록된다.", en = "Built with -t alone by the driver docker, an image loses its annotation without a warning; with --output type=image it has it." }
# volatile = ["digest"]
# timeout = 240
# ///
# hide
docker context use containerd > /dev/null 2>&1
# show
printf 'FROM busybox\n' > Dockerfile
docker build --provenance=false --annotation org.opencontainers.image.title=web --tag 127.0.0.1:5000/web:tag . 2>&1 | grep -i -E 'warn|annotation'  # ? 1
docker build --provenance=false --annotation org.opencontainers.image.title=web --output type=image,name=127.0.0.1:5000/web:output . > /dev/null 2>&1
for tag in tag output; do docker push --quiet 127.0.0.1:5000/web:$tag; docker buildx imagetools inspect --raw 127.0.0.1:5000/web:$tag | grep -c image.title; done
