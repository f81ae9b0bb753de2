# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# differs = { kind = "store", ko = "28의 랩이 쓰는 containerd 저장소에서는 이미지 ID가 매니페스트의 다이제스트이고, 26의 랩이 쓰는 classic 저장소에서는 구성의 다이제스트다.", en = "The image ID is the manifest's digest in the containerd store, which the lab of 28 uses, and the config's in the classic store of 26." }
# proves = { ko = "이미지 ID는 containerd 저장소에서 매니페스트의 SHA-256이고, classic 저장소에서 구성(config)의 SHA-256이다. RootFS는 어느 저장소에서나 압축하지 않은 레이어의 SHA-256을 적는다.", en = "The image ID is the SHA-256 of the manifest in the containerd store, and of the config in the classic store; RootFS names the SHA-256 of the uncompressed layers in either." }
# volatile = ["digest", "sha256"]
# timeout = 240
# values = { built = '\Asha256:([0-9a-f]{64})', id = '\A.*\nsha256:([0-9a-f]{64})', manifest = '([0-9a-f]{64})  manifest', config = '([0-9a-f]{64})  config', diff-id = '^\["sha256:([0-9a-f]{64})', layer = '([0-9a-f]{64})  -' }
# holds = ["id@28 == manifest@28", "id@26 == config@26", "built == config", "diff-id == layer"]
# ///
# step: build
printf 'FROM busybox\nLABEL made=here\n' | docker build --quiet --provenance=false --tag app -
# step: id
docker image inspect --format '{{.Id}}' app
mkdir image && docker save app | tar --extract --directory image && cd image || exit
# step: manifest
manifest=$(python3 -c 'import json; print(json.load(open("index.json"))["manifests"][0]["digest"].split(":")[1])')
cp "blobs/sha256/$manifest" manifest && sha256sum manifest
# step: config
cp "$(python3 -c 'import json; print(json.load(open("manifest.json"))[0]["Config"])')" config && sha256sum config
# step: diff-id
docker image inspect --format '{{json .RootFS.Layers}}' app
zcat --force "$(python3 -c 'import json; print(json.load(open("manifest.json"))[0]["Layers"][0])')" | sha256sum
