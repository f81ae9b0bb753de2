# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "docker run은 자기 오류에 125, 실행할 수 없으면 126, 찾지 못하면 127, 그 밖에는 프로그램의 종료 상태를 쓴다. 컨테이너의 PID 1은 자신을 죽이지 못한다.", en = "docker run uses 125 for its own errors, 126 for what cannot be executed, 127 for what is not found, and else the program's status; a container's PID 1 cannot kill itself." }
# timeout = 240
# ///
docker run --rm --no-such-option busybox 2>/dev/null  # ? 125
docker run --rm busybox /etc 2>/dev/null  # ? 126
docker run --rm busybox no-such-command 2>/dev/null  # ? 127
docker run --rm busybox sh -c 'exit 3'  # ? 3
docker run --rm busybox sh -c 'kill -KILL $$'
docker run --rm busybox sh -c 'sh -c "kill -KILL \$\$"; exit $?'  # ? 137
