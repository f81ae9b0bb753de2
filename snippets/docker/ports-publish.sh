# /// snippet
# lab = "none"
# proves = "A port published on 127.0.0.1 is fixed and local; -P picks ephemeral ports that must be asked for."
# reason = { ko = "Docker Engine이 필요하다. 이 사이트의 랩은 아직 Docker를 돌리지 못한다.", en = "Needs a Docker Engine, which this site's lab does not run yet." }
# source = "https://docs.docker.com/reference/cli/docker/container/run/#publish"
# ///
docker run -d --name web -p 127.0.0.1:8080:80 nginx
docker port web
docker run -d --name auto -P nginx
docker port auto
