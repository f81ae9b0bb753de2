# /// snippet
# lab = "none"
# proves = "In the containerd store the image ID is the digest of the manifest or index."
# reason = { ko = "Docker Engine이 필요하다. 이 사이트의 랩은 아직 Docker를 돌리지 못한다.", en = "Needs a Docker Engine, which this site's lab does not run yet." }
# source = "https://docs.docker.com/engine/storage/containerd/"
# ///
# hide
docker context use containerd > /dev/null 2>&1
# show
docker info --format '{{.Driver}} {{.DriverStatus}}' | grep --only-matching -E '^[a-z0-9]+|io.containerd[a-z.0-9]*'
docker image inspect --format '{{.Id}}' busybox
docker save busybox | tar --extract --to-stdout index.json | python3 -c 'import json, sys; print(json.load(sys.stdin)["manifests"][0]["digest"])'
docker image inspect --format '{{.GraphDriver.Name}}' busybox
