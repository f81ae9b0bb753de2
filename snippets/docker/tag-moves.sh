# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "태그는 다른 이미지로 옮겨 가고, 다이제스트로는 여전히 옛 이미지를 가져온다.", en = "A tag is moved to another image; the digest still fetches the old one." }
# after = "docker/registry-digest"
# volatile = ["digest", "sha256"]
# timeout = 240
# ///
old=$(docker image inspect --format '{{index .RepoDigests 0}}' 127.0.0.1:5000/app:1)
printf 'FROM busybox\nLABEL version=2\n' | docker build --quiet --provenance=false --tag 127.0.0.1:5000/app:1 -
docker push --quiet 127.0.0.1:5000/app:1
docker pull --quiet 127.0.0.1:5000/app:1 && docker image inspect --format '{{json .Config.Labels}}' 127.0.0.1:5000/app:1
docker pull --quiet "$old" && docker image inspect --format '{{json .Config.Labels}}' "$old"
