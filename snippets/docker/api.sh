# /// snippet
# lab = "none"
# proves = "The docker command is one client of an HTTP API on a Unix socket; the container's parent is a shim."
# reason = { ko = "Docker Engine이 필요하다. 이 사이트의 랩은 아직 Docker를 돌리지 못한다.", en = "Needs a Docker Engine, which this site's lab does not run yet." }
# source = "https://docs.docker.com/reference/api/engine/sdk/examples/"
# ///
curl --unix-socket /var/run/docker.sock http://localhost/_ping
curl --unix-socket /var/run/docker.sock http://localhost/version
docker run -d --name web nginx:alpine
docker inspect -f '{{.State.Pid}}' web
ps -eo pid,ppid,comm | grep -E 'dockerd|containerd|nginx'
