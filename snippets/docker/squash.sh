# /// snippet
# lab = "none"
# proves = "The option needs an experimental daemon, the legacy builder and the classic image store."
# reason = { ko = "Docker Engine이 필요하다. 이 사이트의 랩은 아직 Docker를 돌리지 못한다.", en = "Needs a Docker Engine, which this site's lab does not run yet." }
# source = "https://docs.docker.com/reference/cli/docker/image/build/#squash"
# ///
docker version --format '{{.Server.Experimental}}'
DOCKER_BUILDKIT=0 docker build --squash -t myimage:1.0 .
docker history myimage:1.0
