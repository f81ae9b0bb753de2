# /// snippet
# lab = "none"
# proves = { ko = "lsns는 컨테이너 주 프로세스의 네임스페이스를 보여 주고, --uts=host는 하나를 뺀다.", en = "lsns lists the namespaces of a container's main process; --uts=host leaves one out." }
# reason = { ko = "Docker Engine이 필요하다. 이 사이트의 랩은 아직 Docker를 돌리지 못한다.", en = "Needs a Docker Engine, which this site's lab does not run yet." }
# source = "https://docs.docker.com/reference/cli/docker/container/run/"
# ///
docker run -d --name web nginx
lsns --task "$(docker inspect -f '{{.State.Pid}}' web)"
docker run --rm --uts=host alpine hostname
