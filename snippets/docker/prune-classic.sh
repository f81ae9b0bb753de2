# /// snippet
# lab = "docker"
# proves = { ko = "classic 저장소에서는 태그를 다시 빌드하면 옛 이미지가 댕글링으로 남고, 태그를 옮겨도 남는다.", en = "In the classic store the old image is left dangling when a tag is built again, and so it is when the tag is moved." }
# volatile = ["digest", "container-id", "size"]
# timeout = 240
# leaves = ["container"]
# ///
# hide
docker context use classic > /dev/null 2>&1
# show
build() { printf 'FROM busybox\nRUN echo "%s" > /version\n' "$1" | docker build --quiet --network none --tag app - ; }
build 1 && docker run --detach --name old --network none app sleep 1000
build 2
docker image ls --all --filter dangling=true --quiet | wc -l
docker tag busybox app
docker image ls --all --filter dangling=true --quiet | wc -l
