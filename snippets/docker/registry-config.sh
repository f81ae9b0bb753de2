# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "매니페스트에는 구성(config)의 다이제스트와 압축한 맨 위 레이어의 다이제스트가, 구성에는 그 레이어를 푼 바이트의 다이제스트인 DiffID가 적혀 있다.", en = "The manifest names the config and the compressed top layer by their digests, and the config names the layer by the DiffID, the digest of its uncompressed bytes." }
# volatile = ["digest", "sha256"]
# timeout = 240
# values = { config = '^config sha256:([0-9a-f]{64})', received = '^([0-9a-f]{64})  config.json', diff-id = '^DiffID sha256:([0-9a-f]{64})', unzipped = '^([0-9a-f]{64})  -' }
# holds = ["config == received", "diff-id == unzipped"]
# ///
# hide
accept='Accept: application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json'
# show
printf 'FROM busybox\nRUN echo 1 > /version\n' | docker build --quiet --provenance=false --tag 127.0.0.1:5000/layered - > /dev/null
docker push --quiet 127.0.0.1:5000/layered
registry=http://127.0.0.1:5000/v2/layered
curl --silent --header "$accept" $registry/manifests/latest > manifest.json
python3 -c 'import json; m = json.load(open("manifest.json")); print("config", m["config"]["digest"]); print("layer", m["layers"][-1]["digest"])' | tee parts
curl --silent "$registry/blobs/$(sed -n 's/^config //p' parts)" > config.json && sha256sum config.json
python3 -c 'import json; print("DiffID", json.load(open("config.json"))["rootfs"]["diff_ids"][-1])'
curl --silent "$registry/blobs/$(sed -n 's/^layer //p' parts)" | gunzip | sha256sum
