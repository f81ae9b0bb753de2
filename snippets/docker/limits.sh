# /// snippet
# lab = "none"
# proves = "docker run writes the limits into files of the container's cgroup."
# reason = { ko = "Docker Engine이 필요하다. 이 사이트의 랩은 아직 Docker를 돌리지 못한다.", en = "Needs a Docker Engine, which this site's lab does not run yet." }
# source = "https://docs.docker.com/engine/containers/resource_constraints/"
# ///
docker run --detach --name limited --memory 64m --pids-limit 20 --cpus .5 busybox sleep 1000
docker exec limited sh -c 'cd /sys/fs/cgroup && head memory.max pids.max cpu.max'
docker run --rm busybox sh -c 'cd /sys/fs/cgroup && head memory.max pids.max cpu.max'
docker exec limited sh -c 'grep MemTotal /proc/meminfo' > inside && grep MemTotal /proc/meminfo | cmp - inside && echo 'the same MemTotal'
