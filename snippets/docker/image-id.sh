# /// snippet
# lab = "docker"
# proves = { ko = "classic 저장소에서 이미지 ID는 구성(config)의 SHA-256이고, RootFS는 압축하지 않은 레이어의 SHA-256을 적는다.", en = "In the classic store an image's ID is the SHA-256 of its config, and RootFS names the SHA-256 of the uncompressed layers." }
# volatile = ["digest", "sha256"]
# timeout = 240
# values = { id = '\Asha256:([0-9a-f]{64})', config = '\A.*\n([0-9a-f]{64})', diff-id = '^\["sha256:([0-9a-f]{64})', layer = '([0-9a-f]{64})  layer' }
# holds = ["id == config", "diff-id == layer"]
# ///
docker image inspect --format '{{.Id}}' busybox
mkdir image && docker save busybox | tar --extract --directory image
member() { python3 -c "import json; m = json.load(open('image/manifest.json'))[0]; print('image/' + $1)"; }
sha256sum < "$(member 'm["Config"]')"
docker image inspect --format '{{json .RootFS.Layers}}' busybox
cp "$(member 'm["Layers"][0]')" layer && sha256sum layer
