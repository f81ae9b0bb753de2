# /// snippet
# lab = "docker"
# proves = { ko = "재매핑한 데몬에서 컨테이너 안의 UID 0은 호스트에서 평범한 번호다.", en = "UID 0 in a container of a remapped daemon is an ordinary number on the host." }
# timeout = 240
# volatile = ["container-id", "sha256", "digest"]
# ///
# hide
grep -q dockremap /etc/subuid || { echo dockremap:100000:65536 | tee -a /etc/subuid >> /etc/subgid; useradd --system dockremap; }
export DOCKER_HOST=unix:///run/remapped.sock
dockerd --host "$DOCKER_HOST" --userns-remap dockremap --data-root /tmp/remapped --exec-root /run/remapped --pidfile /run/remapped.pid --containerd /run/containerd/containerd.sock --bridge none --iptables=false --ip6tables=false > /dev/null 2>&1 &
until docker version > /dev/null 2>&1; do sleep 0.2; done
docker --context default save busybox | docker load > /dev/null
# show
docker run --detach --name web --network none busybox sleep 1000
docker exec web id -u
ps -o uid= -p "$(docker inspect --format '{{.State.Pid}}' web)"
docker exec web cat /proc/self/uid_map
