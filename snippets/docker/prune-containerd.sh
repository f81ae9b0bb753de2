# /// snippet
# lab = "docker"
# proves = { ko = "containerd 저장소에서는 컨테이너가 옛 이미지로 돌고 있어도 BuildKit으로 태그를 다시 빌드할 때 댕글링 이미지가 남지 않는다. 태그를 옮기면 남는다.", en = "In the containerd store, rebuilding a tag with BuildKit leaves no dangling image, even while a container runs from the old one; moving a tag does." }
# volatile = ["digest", "container-id", "size"]
# timeout = 240
# leaves = ["container"]
# ///
# hide
docker context use containerd > /dev/null 2>&1
# show
build() { printf 'FROM busybox\nRUN echo "%s" > /version\n' "$1" | docker build --quiet --network none --tag app - ; }
build 1 && docker run --detach --name old --network none app sleep 1000
build 2
docker image ls --all --filter dangling=true --quiet | wc -l
docker tag busybox app
docker image ls --all --filter dangling=true --quiet | wc -l
