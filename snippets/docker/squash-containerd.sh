# /// snippet
# lab = "docker"
# proves = { ko = "containerd 저장소에서 legacy builder는 모든 단계를 돌린 뒤에야 squash가 구현되지 않았다고 말한다.", en = "In the containerd store the legacy builder runs all steps and then says that squashing is not implemented." }
# volatile = ["digest", "container-id", "duration"]
# timeout = 240
# ///
printf 'FROM busybox\nRUN echo 1 > /a\nRUN rm /a\n' > Dockerfile
DOCKER_BUILDKIT=0 docker --context containerd build --squash --network none . 2>&1 | tail -n 1
