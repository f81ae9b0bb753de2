# /// snippet
# lab = "none"
# proves = "A shell as PID 1 does not act on SIGTERM: stop waits and then kills it (137); with --init it ends at once (143)."
# reason = { ko = "Docker Engine이 필요하다. 이 사이트의 랩은 아직 Docker를 돌리지 못한다.", en = "Needs a Docker Engine, which this site's lab does not run yet." }
# source = "https://docs.docker.com/reference/cli/docker/container/stop/"
# ///
docker run --detach --name plain busybox sh -c 'while :; do sleep 1; done'
docker run --detach --name init --init busybox sh -c 'while :; do sleep 1; done'
TIMEFORMAT='without %Rs'; time docker stop --time 5 plain
TIMEFORMAT='with %Rs'; time docker stop --time 5 init
docker inspect --format '{{.Name}} {{.State.ExitCode}} {{.State.OOMKilled}}' plain init
