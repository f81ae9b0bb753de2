# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# differs = { kind = "store", ko = "28의 랩에서는 containerd의 스냅샷터 overlayfs가, 26의 랩에서는 dockerd의 드라이버 overlay2가 디렉터리를 관리한다. 마운트는 둘 다 커널의 overlayfs로 한다.", en = "The directories belong to containerd's snapshotter overlayfs in the lab of 28, and to dockerd's driver overlay2 in that of 26. Both mount with the kernel's overlayfs." }
# proves = { ko = "한 이미지의 두 컨테이너는 아래 디렉터리를 공유하고 위 디렉터리는 따로 가진다. docker diff는 위 디렉터리에 있는 것을 적는다.", en = "Two containers of one image share the lower directories and have an upper one each; docker diff lists what is in it." }
# volatile = ["sha256", "container-id", "size", { name = "snapshot", pattern = '(?<=/snapshots/)\d+' }]
# unordered = ["changes"]
# timeout = 240
# leaves = ["container"]
# ///
docker info --format '{{.Driver}}'
docker run --detach --name one busybox sleep 1000 && docker run --detach --name two busybox sleep 1000
docker exec one sh -c 'echo hello > /new && rm /bin/vi'
# step: changes
docker diff one
# step: directories
directory() { sed -n "s/^overlay \/ .*$2=\([^,]*\).*/\1/p" "/proc/$(docker inspect --format '{{.State.Pid}}' "$1")/mounts"; }
# step: upper
upper=$(directory one upperdir) && ls -l --time-style=+ "$upper" "$upper/bin"
# step: lowest
for name in one two; do directory $name lowerdir | tr : '\n' | tail -n 1; done | uniq | wc -l
# step: uppers
for name in one two; do directory $name upperdir; done | uniq | wc -l
docker ps --size --format '{{.Names}} {{.Size}}'
