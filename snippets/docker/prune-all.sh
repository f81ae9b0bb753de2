# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "prune -a는 돌든 멈췄든 컨테이너가 있는 이미지만 남긴다.", en = "prune -a keeps only images with a container, running or stopped." }
# volatile = ["digest", "container-id", "size"]
# timeout = 240
# ///
printf 'FROM busybox\nLABEL used=yes\n' | docker build --quiet --tag used -
printf 'FROM busybox\nLABEL used=no\n' | docker build --quiet --tag unused -
docker create --name stopped used
docker image prune --all --force --filter label=used | grep -E '^untagged|Total'
docker image ls --format '{{.Repository}}' | grep used
