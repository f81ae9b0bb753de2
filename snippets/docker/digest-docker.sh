# /// snippet
# lab = "docker"
# proves = { ko = "매니페스트 다이제스트, 이미지 ID, DiffID를 Docker는 서로 다른 세 곳에 보여 준다.", en = "Docker shows the manifest digest, the image ID and the DiffIDs in three different places." }
# after = "docker/registry-digest"
# volatile = ["digest", "container-id", "duration", "size"]
# timeout = 240
# ///
docker image ls --digests 127.0.0.1:5000/app
docker image inspect --format '{{.Id}}' 127.0.0.1:5000/app:1
docker image inspect --format '{{json .RepoDigests}}' 127.0.0.1:5000/app:1
docker image inspect --format '{{json .RootFS.Layers}}' 127.0.0.1:5000/app:1
