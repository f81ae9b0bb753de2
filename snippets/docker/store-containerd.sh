# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "containerd 저장소에서 이미지 ID는 매니페스트나 인덱스의 다이제스트다.", en = "In the containerd store the image ID is the digest of the manifest or index." }
# volatile = ["digest", "sha256", "container-id", "size"]
# values = { id = 'sha256:([0-9a-f]{64})', manifest = 'sha256:[0-9a-f]{64}\nsha256:([0-9a-f]{64})' }
# holds = ["id == manifest"]
# timeout = 240
# ///
# hide
docker context use containerd > /dev/null 2>&1
# show
docker info --format '{{.Driver}} {{.DriverStatus}}' | grep --only-matching -E '^[a-z0-9]+|io.containerd[a-z.0-9]*'
docker image inspect --format '{{.Id}}' busybox
docker save busybox | tar --extract --to-stdout index.json | python3 -c 'import json, sys; print(json.load(sys.stdin)["manifests"][0]["digest"])'
docker image inspect --format '{{.GraphDriver.Name}}' busybox
