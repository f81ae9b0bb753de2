# /// snippet
# lab = "none"
# proves = "By default the container's root is UID 0 of the host; --user takes that away."
# reason = { ko = "Docker Engine이 필요하다. 이 사이트의 랩은 아직 Docker를 돌리지 못한다.", en = "Needs a Docker Engine, which this site's lab does not run yet." }
# source = "https://docs.docker.com/engine/security/userns-remap/"
# ///
docker run --detach --name web busybox sleep 1000
docker run --detach --name app --user 65532:65532 busybox sleep 1000
ps -o uid= -p "$(docker inspect --format '{{.State.Pid}}' web)"
ps -o uid= -p "$(docker inspect --format '{{.State.Pid}}' app)"
cat "/proc/$(docker inspect --format '{{.State.Pid}}' web)/uid_map"
