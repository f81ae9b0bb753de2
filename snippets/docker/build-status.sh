# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# differs = { kind = "builder", ko = "Buildx 0.29은 메시지 앞에 'failed to build:'를 더 붙인다.", en = "Buildx 0.29 begins the message with one more part, 'failed to build:'." }
# proves = { ko = "빌드는 셸의 종료 상태가 0이 아닌 곳에서 멈춘다. ;와 |는 실패를 빌드에 숨긴다.", en = "A build stops where the shell's status is not 0; ; and | hide a failure from it." }
# volatile = ["digest"]
# timeout = 240
# ///
printf 'FROM busybox\nRUN false && echo reached\n' | docker build --quiet - 2>&1 | grep 'exit code'
printf 'FROM busybox\nRUN false ; echo reached\n' | docker build --quiet -
printf 'FROM busybox\nRUN false | true\n' | docker build --quiet -
