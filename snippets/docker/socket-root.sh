# /// snippet
# lab = "none"
# proves = "Whoever may talk to the Docker socket can mount the host's root file system."
# reason = { ko = "Docker Engine이 필요하다. 이 사이트의 랩은 아직 Docker를 돌리지 못한다.", en = "Needs a Docker Engine, which this site's lab does not run yet." }
# source = "https://docs.docker.com/engine/security/"
# ///
stat -c '%A %U %G' /var/run/docker.sock
docker run --rm -v /:/host alpine ls -l /host/root
