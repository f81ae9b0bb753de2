# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "docker run은 한도를 컨테이너 cgroup의 파일에 적는다.", en = "docker run writes the limits into files of the container's cgroup." }
# volatile = ["container-id"]
# timeout = 240
# leaves = ["container"]
# ///
docker run --detach --name limited --memory 64m --pids-limit 20 --cpus .5 busybox sleep 1000
docker exec limited sh -c 'cd /sys/fs/cgroup && head memory.max pids.max cpu.max'
docker run --rm busybox sh -c 'cd /sys/fs/cgroup && head memory.max pids.max cpu.max'
docker exec limited sh -c 'grep MemTotal /proc/meminfo' > inside && grep MemTotal /proc/meminfo | cmp - inside && echo 'the same MemTotal'
