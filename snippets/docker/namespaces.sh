# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "컨테이너의 주 프로세스는 user와 time 네임스페이스만 호스트와 공유한다. --uts=host는 UTS도 공유하게 한다.", en = "A container's main process shares only the user and time namespaces with the host; --uts=host makes it share UTS, too." }
# volatile = ["container-id"]
# unordered = ["shared"]
# values = { host = '^host (\S+)', container = '^container (\S+)' }
# holds = ["host == container"]
# timeout = 240
# leaves = ["container"]
# ///
docker run --detach --name web busybox sleep 1000
# step: shared
lsns --output TYPE,COMMAND --task "$(docker inspect --format '{{.State.Pid}}' web)"
echo "host $(hostname)"
docker run --rm --uts=host busybox sh -c 'echo "container $(hostname)"'
