# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "classic 저장소에서는 태그를 어느 빌더로 다시 빌드해도 옛 이미지가 댕글링으로 남고, 태그를 옮겨도 남는다.", en = "In the classic store the old image is left dangling when a tag is built again, by either builder, and so it is when the tag is moved." }
# volatile = ["digest", "container-id", "size"]
# timeout = 240
# leaves = ["container"]
# ///
# hide
docker context use classic > /dev/null 2>&1
# show
build() { printf 'FROM busybox\nRUN echo "%s" > /version\n' "$1" | docker build --quiet --network none --tag app - ; }
# step: first
build 1 && docker run --detach --name old --network none app sleep 1000
# step: again
build 2
# step: rebuilt
docker image ls --all --filter dangling=true --quiet | wc -l
# step: legacy
DOCKER_BUILDKIT=0 build 3 2> /dev/null
# step: by-legacy
docker image ls --all --filter dangling=true --quiet | wc -l
# step: tag
docker tag busybox app
# step: moved
docker image ls --all --filter dangling=true --quiet | wc -l
