# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "userns-remap을 켠 데몬에서 컨테이너의 root는 호스트에서 권한 없는 UID이고, 호스트 root의 파일을 쓰지 못한다.", en = "Under a daemon with userns-remap a container's root is an unprivileged UID of the host, and cannot write a file of the host's root." }
# volatile = ["container-id"]
# values = { first = '(?m)^dockremap:(\d+):' }
# timeout = 240
# leaves = ["file"] # the user dockremap, whom the daemon makes
# ///
# hide
export DOCKER_HOST=unix:///run/remapped.sock
dockerd --userns-remap default --host "$DOCKER_HOST" --data-root /var/lib/remapped --exec-root /run/remapped --pidfile /run/remapped.pid --bridge none --iptables=false > remapped.log 2>&1 &
docker version > /dev/null # settle: 120s
env -u DOCKER_HOST docker save busybox | docker load
# show
docker info --format '{{.SecurityOptions}}'
grep dockremap /etc/subuid
docker run --detach --name web --volume /etc/shadow:/shadow busybox sleep 1000
docker exec web id -u
ps -o uid= -p "$(docker inspect --format '{{.State.Pid}}' web)"
docker exec web stat -c '%u %a' /shadow
docker exec web sh -c 'echo "eve::0:0:" >> /shadow' # ? 1
# hide
docker rm --force web
kill %1
wait
