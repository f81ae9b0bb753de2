# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "containerd 저장소에서는 --squash를 준 레거시 빌더가 모든 단계를 실행한 뒤 실패한다.", en = "In the containerd store, the legacy builder given --squash runs all steps and then fails." }
# volatile = ["digest", "container-id", "size", "duration"]
# timeout = 240
# ///
# hide
docker context use containerd > /dev/null 2>&1
# show
printf 'FROM busybox\nRUN echo 1 > /a\nRUN rm /a\n' > Dockerfile
DOCKER_BUILDKIT=0 docker build --squash --network none --tag app . > log 2>&1  # ? 1
grep -E '^Step|squash|implemented' log
docker image ls --quiet app | wc -l
