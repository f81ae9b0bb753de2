# /// snippet
# lab = "docker"
# proves = { ko = "classic 저장소에서 docker 드라이버는 여러 플랫폼을 거절한다.", en = "With the classic store the docker driver refuses several platforms." }
# timeout = 240
# ///
printf 'FROM busybox\n' | docker build --platform linux/amd64,linux/arm64 - 2>&1 | grep ERROR
