# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "PID 1인 셸은 SIGTERM에 반응하지 않아 stop이 기다렸다가 죽인다(137). --init을 쓰면 그 전에 끝난다(143).", en = "A shell as PID 1 does not act on SIGTERM: stop waits and then kills it (137); with --init it ends before that (143)." }
# volatile = ["container-id", "duration"]
# values = { without = '^without (\S+)', with-init = '^with (\S+)' }
# holds = ["with-init * 1.5 < without"]
# timeout = 300
# ///
docker run --detach --name plain busybox sh -c 'while :; do sleep 1; done'
docker run --detach --name init --init busybox sh -c 'while :; do sleep 1; done'
TIMEFORMAT='without %Rs'; time docker stop -t 20 plain
TIMEFORMAT='with %Rs'; time docker stop -t 20 init
docker inspect --format '{{.Name}} {{.State.ExitCode}} {{.State.OOMKilled}}' plain init
