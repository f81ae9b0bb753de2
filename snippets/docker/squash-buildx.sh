# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "Buildx는 --squash를 받고 경고만 할 뿐 아무것도 합치지 않는다.", en = "Buildx takes --squash, warns, and squashes nothing." }
# volatile = ["digest", "duration", "size"]
# timeout = 240
# ///
printf 'FROM busybox\nRUN echo 1 > /a\nRUN rm /a\n' > Dockerfile
docker build --squash --progress quiet --tag app . 2>&1 | grep -i squash
docker image inspect --format '{{len .RootFS.Layers}}' app
