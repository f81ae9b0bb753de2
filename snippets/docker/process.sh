# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "컨테이너는 호스트의 프로세스다. 부모는 shim이고 그 부모는 PID 1이며, 자기 네임스페이스 안에서는 PID 1이다.", en = "A container is a process of the host: its parent is a shim whose parent is PID 1, and it is PID 1 in its own namespace." }
# volatile = ["pid", "container-id"]
# timeout = 240
# ///
# step: run
docker run --detach --name web busybox sleep 1000
# step: pid
pid=$(docker inspect --format '{{.State.Pid}}' web)
# step: numbers
grep -E '^(Name|NSpid)' "/proc/$pid/status"
shim=$(ps -o ppid= -p "$pid" | tr -d " ")
# step: parents
ps -o pid,ppid,comm -p "$pid,$shim"
# step: inside
docker exec web ps -o pid,comm
# hide
docker rm --force web
# show
