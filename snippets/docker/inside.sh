# /// snippet
# lab = "none"
# proves = "A container reports the host's kernel, a reduced capability mask and an active seccomp filter."
# reason = { ko = "Docker Engine이 필요하다. 이 사이트의 랩은 아직 Docker를 돌리지 못한다.", en = "Needs a Docker Engine, which this site's lab does not run yet." }
# source = "https://docs.docker.com/engine/containers/run/"
# ///
docker run --rm alpine uname -r
docker run --rm alpine grep -E 'CapEff|Seccomp:' /proc/self/status
docker run --rm alpine ls -l /proc/self/ns
