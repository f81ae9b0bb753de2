# /// snippet
# lab = "none"
# proves = "Docker shows the manifest digest, the image ID and the DiffIDs in three different places."
# reason = { ko = "Docker Engine이 필요하다. 이 사이트의 랩은 아직 Docker를 돌리지 못한다.", en = "Needs a Docker Engine, which this site's lab does not run yet." }
# source = "https://docs.docker.com/reference/cli/docker/image/ls/"
# ///
docker pull alpine
docker image ls --digests alpine
docker image inspect -f '{{ .Id }}' alpine
docker image inspect -f '{{ json .RepoDigests }}' alpine
docker image inspect -f '{{ json .RootFS.Layers }}' alpine
docker buildx imagetools inspect --raw alpine
