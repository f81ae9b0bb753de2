# /// snippet
# lab = "docker"
# proves = { ko = "레지스트리의 매니페스트는 이미지 ID를 구성(config)으로 적고, 압축을 풀면 DiffID가 되는 압축 레이어를 적는다.", en = "The manifest in the registry names the image ID as its config, and a compressed layer whose uncompressed bytes have the DiffID." }
# after = "docker/registry-digest"
# volatile = ["digest", "sha256"]
# timeout = 240
# values = { id = '\Asha256:([0-9a-f]{64})', config = '^config sha256:([0-9a-f]{64})', diff-id = '^\[sha256:([0-9a-f]{64})', unzipped = '^([0-9a-f]{64})  -' }
# holds = ["id == config", "diff-id == unzipped"]
# ///
docker image inspect --format '{{.Id}}' 127.0.0.1:5000/app:1
curl --silent --header 'Accept: application/vnd.docker.distribution.manifest.v2+json' http://127.0.0.1:5000/v2/app/manifests/1 > manifest.json
python3 -c 'import json; m = json.load(open("manifest.json")); print("config", m["config"]["digest"]); print("layer", m["layers"][0]["digest"])' | tee parts
docker image inspect --format '{{.RootFS.Layers}}' 127.0.0.1:5000/app:1
curl --silent "http://127.0.0.1:5000/v2/app/blobs/$(sed -n 's/^layer //p' parts)" | gunzip | sha256sum
