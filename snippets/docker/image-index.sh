# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "멀티 플랫폼 이미지의 이름은 인덱스로 이어진다. 그 다이제스트는 인덱스 바이트의 SHA-256이고, 인덱스는 플랫폼마다 매니페스트 하나를 적는다.", en = "The name of a multi-platform image leads to an index, whose digest is the SHA-256 of its bytes and which names one manifest for each platform." }
# after = "docker/buildx"
# volatile = ["digest", "sha256"]
# timeout = 240
# values = { id = '\Asha256:([0-9a-f]{64})', index = '^([0-9a-f]{64})  -' }
# holds = ["id == index"]
# ///
docker tag app:1.0 127.0.0.1:5000/multi:1.0 && docker push --quiet 127.0.0.1:5000/multi:1.0 > /dev/null
docker image inspect --format '{{.Id}}' app:1.0
docker buildx imagetools inspect --raw 127.0.0.1:5000/multi:1.0 | sha256sum
docker buildx imagetools inspect --raw 127.0.0.1:5000/multi:1.0 | python3 -c 'import json, sys; [print(m["platform"]["os"], m["platform"]["architecture"]) for m in json.load(sys.stdin)["manifests"]]'
