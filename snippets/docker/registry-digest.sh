# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "푸시한 이미지의 다이제스트는 레지스트리가 내주는 매니페스트의 SHA-256이고, 두 번째 리포지터리에서도 같다.", en = "The digest of a pushed image is the SHA-256 of the manifest that the registry serves; a second repository gives the same one." }
# volatile = ["digest", "sha256", "size"]
# timeout = 240
# differs = { kind = "store", ko = "containerd 저장소는 OCI 형식의 매니페스트를 올리고, classic 저장소는 미디어 타입의 이름이 더 긴 Docker 형식의 매니페스트를 올린다. 그래서 매니페스트의 크기가 다르다.", en = "The containerd store pushes an OCI manifest, the classic store one with Docker's own media types, whose names are longer: the manifest has another size." }
# values = { digest = '^\[127.0.0.1:5000/app@sha256:([0-9a-f]{64})', manifest = '^([0-9a-f]{64})  -', header = 'Docker-Content-Digest: sha256:([0-9a-f]{64})', copied = 'digest: sha256:([0-9a-f]{64})' }
# holds = ["digest == manifest", "digest == header", "digest == copied"]
# ///
printf 'FROM busybox\nLABEL version=1\n' | docker build --quiet --provenance=false --tag 127.0.0.1:5000/app:1 -
docker push --quiet 127.0.0.1:5000/app:1
docker image inspect --format '{{.RepoDigests}}' 127.0.0.1:5000/app:1
accept='Accept: application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json'
curl --silent --header "$accept" http://127.0.0.1:5000/v2/app/manifests/1 | sha256sum
curl --silent --head --header "$accept" http://127.0.0.1:5000/v2/app/manifests/1 | grep Digest
docker tag 127.0.0.1:5000/app:1 127.0.0.1:5000/copy:1 && docker push 127.0.0.1:5000/copy:1 | grep digest:
