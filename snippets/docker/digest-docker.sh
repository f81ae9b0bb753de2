# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# differs = { kind = "store", ko = "containerd 저장소에서는 이미지 ID가 다이제스트와 같고, classic 저장소에서는 구성의 다이제스트라서 다르다.", en = "In the containerd store the image ID is the digest; in the classic store it is the config's, and so another one." }
# proves = { ko = "다이제스트, 이미지 ID, DiffID는 각각 다른 명령에서 보인다. containerd 저장소에서는 이미지 ID가 다이제스트다.", en = "Digest, image ID and DiffIDs are each shown by a command of its own; in the containerd store the image ID is the digest." }
# after = "docker/registry-digest"
# volatile = ["digest", "container-id"]
# timeout = 240
# values = { id = '^sha256:([0-9a-f]{64})', digest = '^\["127.0.0.1:5000/app@sha256:([0-9a-f]{64})' }
# holds = ["id@28 == digest@28", "id@26 != digest@26"]
# ///
docker image ls --format 'table {{.Repository}}\t{{.Digest}}\t{{.ID}}' 127.0.0.1:5000/app
docker image inspect --format '{{.Id}}' 127.0.0.1:5000/app:1
docker image inspect --format '{{json .RepoDigests}}' 127.0.0.1:5000/app:1
docker image inspect --format '{{json .RootFS.Layers}}' 127.0.0.1:5000/app:1
