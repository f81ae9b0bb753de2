# /// snippet
# lab = "none"
# proves = "The daemon names its image store, and docker diff lists only what the container layer changed."
# reason = { ko = "Docker Engine이 필요하다. 이 사이트의 랩은 아직 Docker를 돌리지 못한다.", en = "Needs a Docker Engine, which this site's lab does not run yet." }
# source = "https://docs.docker.com/engine/storage/containerd/"
# ///
docker info -f '{{ .Driver }} {{ .DriverStatus }}'
docker image history nginx:alpine
docker run -d --name web nginx:alpine
docker exec web rm /usr/share/nginx/html/index.html
docker diff web
