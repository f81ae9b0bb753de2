# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "classic 저장소에서 이미지 ID는 구성(config)의 다이제스트이고, 컨테이너의 레이어는 GraphDriver에 적힌다.", en = "In the classic store the image ID is the config's digest, and the container's layers are named by GraphDriver." }
# volatile = ["digest", "sha256", "container-id", "size"]
# values = { id = 'sha256:([0-9a-f]{64})', config = 'blobs/sha256/([0-9a-f]{64})' }
# holds = ["id == config"]
# timeout = 240
# ///
# hide
docker context use classic > /dev/null 2>&1
# show
docker info --format '{{.Driver}} {{.DriverStatus}}' | grep --only-matching -E '^[a-z0-9]+|io.containerd[a-z.0-9]*'
docker image inspect --format '{{.Id}}' busybox
docker save busybox | tar --extract --to-stdout manifest.json | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["Config"])'
docker image inspect --format '{{.GraphDriver.Name}}' busybox
