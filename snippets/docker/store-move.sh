# /// snippet
# lab = "docker"
# proves = { ko = "같은 이미지라도 한 저장소에서 저장해 다른 저장소로 불러오면 ID가 다르다.", en = "The same image has another ID after it was saved from one store and loaded into the other." }
# volatile = ["digest", "sha256"]
# timeout = 240
# values = { classic = '\Asha256:([0-9a-f]{64})', containerd = '([0-9a-f]{64})\n\Z' }
# holds = ["classic != containerd"]
# ///
printf 'FROM busybox\nLABEL version=1\n' | docker build --quiet --tag app -
docker image inspect --format '{{.Id}}' app
docker save app | docker --context containerd load
docker --context containerd image inspect --format '{{.Id}}' app
