# /// snippet
# lab = "none"
# proves = "Dangling images, unused images and the build cache are listed and removed by different commands."
# reason = { ko = "Docker Engine이 필요하다. 이 사이트의 랩은 아직 Docker를 돌리지 못한다.", en = "Needs a Docker Engine, which this site's lab does not run yet." }
# source = "https://docs.docker.com/reference/cli/docker/image/prune/"
# ///
docker system df
docker image ls -a --filter dangling=true
docker image prune
docker image prune -a --filter until=240h
docker builder prune
