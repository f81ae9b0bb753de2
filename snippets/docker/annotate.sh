# /// snippet
# lab = "none"
# proves = "A label is read from the image config, an annotation from the manifest in the registry."
# reason = { ko = "Docker Engine과 레지스트리가 필요하다. 이 사이트의 랩은 아직 Docker를 돌리지 못한다.", en = "Needs a Docker Engine and a registry, which this site's lab does not run yet." }
# source = "https://docs.docker.com/build/metadata/annotations/"
# ///
docker build --push -t registry.example.com/web:1 --label org.opencontainers.image.version=1.4.2 --annotation "manifest:org.opencontainers.image.version=1.4.2" .
docker pull registry.example.com/web:1
docker image inspect -f '{{ json .Config.Labels }}' registry.example.com/web:1
docker buildx imagetools inspect --raw registry.example.com/web:1
