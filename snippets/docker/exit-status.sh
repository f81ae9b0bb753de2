# /// snippet
# lab = "none"
# proves = "docker run uses 125 for its own errors, 126 for what cannot be executed, 127 for what is not found, and else the program's status; a container's PID 1 cannot kill itself."
# reason = { ko = "Docker Engine이 필요하다. 이 사이트의 랩은 아직 Docker를 돌리지 못한다.", en = "Needs a Docker Engine, which this site's lab does not run yet." }
# source = "https://docs.docker.com/engine/containers/run/#exit-status"
# ///
docker run --rm --no-such-option busybox 2>/dev/null  # ? 125
docker run --rm busybox /etc 2>/dev/null  # ? 126
docker run --rm busybox no-such-command 2>/dev/null  # ? 127
docker run --rm busybox sh -c 'exit 3'  # ? 3
docker run --rm busybox sh -c 'kill -KILL $$'
docker run --rm busybox sh -c 'sh -c "kill -KILL \$\$"; exit $?'  # ? 137
