# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "메모리 한도를 넘은 컨테이너는 SIGKILL로 죽는다. OOMKilled가 참이고 종료 상태는 137이다.", en = "A container that exceeds its memory is killed with SIGKILL: OOMKilled and status 137." }
# volatile = ["container-id"]
# timeout = 240
# ///
docker run --name greedy --memory 32m --memory-swap 32m busybox sh -c 'dd if=/dev/zero of=/dev/null bs=64M count=1'  # ? 137
docker inspect --format '{{.State.OOMKilled}} {{.State.ExitCode}}' greedy
