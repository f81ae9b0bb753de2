# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "containerd 저장소에서는 컨테이너가 옛 이미지로 돌고 있어도 BuildKit으로 태그를 다시 빌드할 때 댕글링 이미지가 남지 않는다. 레거시 빌더로 다시 빌드하거나 태그를 옮기면 남는다.", en = "In the containerd store, rebuilding a tag with BuildKit leaves no dangling image, even while a container runs from the old one; the legacy builder does, and so does moving a tag." }
# volatile = ["digest", "container-id", "size"]
# timeout = 240
# leaves = ["container"]
# ///
# hide
docker context use containerd > /dev/null 2>&1
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
