# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "기본값으로는 컨테이너의 root가 호스트의 UID 0이다. --user를 쓰면 그렇지 않다.", en = "By default the container's root is UID 0 of the host; --user takes that away." }
# volatile = ["container-id"]
# timeout = 240
# leaves = ["container"]
# ///
docker run --detach --name web busybox sleep 1000
docker run --detach --name app --user 65532:65532 busybox sleep 1000
ps -o uid= -p "$(docker inspect --format '{{.State.Pid}}' web)"
ps -o uid= -p "$(docker inspect --format '{{.State.Pid}}' app)"
cat "/proc/$(docker inspect --format '{{.State.Pid}}' web)/uid_map"
