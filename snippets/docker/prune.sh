# /// snippet
# lab = "docker"
# proves = { ko = "classic 저장소에서 태그를 다시 빌드하면 댕글링 이미지가 남는다. prune이 이를 지우지만 컨테이너가 쓰는 동안은 지우지 않는다.", en = "Rebuilding a tag in the classic store leaves a dangling image, which prune removes, but not while a container uses it." }
# volatile = ["digest", "container-id", "size"]
# values = { kept = '^Total reclaimed space: (\S+)' }
# holds = ["kept < 1B"]
# timeout = 240
# ///
build() { printf 'FROM busybox\nRUN echo "%s" > /version\n' "$1" | docker build --quiet --tag app - ; }
build 1 && docker run --detach --name old app sleep 1000
build 2
docker image ls --all --filter dangling=true --format '{{.Repository}}:{{.Tag}} {{.ID}}'
docker image prune --force
docker rm --force old
docker image prune --force
docker image ls --all --filter dangling=true --quiet | wc -l
