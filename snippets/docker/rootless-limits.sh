# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# after = "docker/rootless-docker"
# proves = { ko = "루트리스 데몬의 네트워크는 사용자 공간의 프로그램을 거치고, 1024 미만의 포트를 게시하지 못하고, cgroup을 위임받지 못하면 메모리 제한이 없다.", en = "A rootless daemon's network goes through a program in user space, it cannot publish ports below 1024, and without a delegated cgroup it has no memory limits." }
# volatile = ["container-id", "pid", "ipv4", { name = "descriptor", pattern = 'fd=\d+' }]
# timeout = 300
# leaves = ["file", "process", "mount", "namespace", "container", "port"]
# ///
# hide
export DOCKER_HOST=unix:///run/user/1000/docker.sock
# show
# step: processes
ps -U alice -o comm= | sort | uniq
# step: publish
docker run --detach --name site --publish 8080:80 busybox sh -c 'echo hello > index.html && httpd -f -v -p 80'
# step: reach
curl --silent http://127.0.0.1:8080/  # settle: 30s
# step: listener
ss -Hltnp 'sport = :8080' | awk '{ print $4, $6 }'
# step: address
curl --silent --connect-timeout 5 "http://$(docker inspect --format '{{.NetworkSettings.Networks.bridge.IPAddress}}' site)/"  # ? *
# step: privileged
docker run --publish 80:80 busybox true 2>&1 | grep --only-matching 'cannot expose privileged port 80'
# step: memory
docker run --rm --memory 32m busybox sh -c 'dd if=/dev/zero of=/dev/null bs=64M count=1 2> /dev/null && echo used 64 MB'
# step: driver
docker info --format '{{.CgroupDriver}} {{.CgroupVersion}} {{.MemoryLimit}}'
