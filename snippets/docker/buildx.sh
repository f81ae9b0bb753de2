# /// snippet
# lab = "none"
# proves = "One build command makes one image name for two architectures."
# reason = { ko = "Docker Engine이 필요하다. 이 사이트의 랩은 아직 Docker를 돌리지 못한다.", en = "Needs a Docker Engine, which this site's lab does not run yet." }
# source = "https://docs.docker.com/build/building/multi-platform/"
# ///
docker buildx create --name multi --driver docker-container --bootstrap
docker buildx build --builder multi --platform linux/amd64,linux/arm64 -t registry.example.com/app:1.0 --push .
docker buildx imagetools inspect registry.example.com/app:1.0
