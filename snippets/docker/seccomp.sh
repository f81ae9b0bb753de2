# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "기본 컨테이너의 seccomp 필터는 시스템 콜 대부분을 허용하고, 일부는 인자를 보고 정하고, 나머지를 거절한다. 거절하는 콜은 문서의 44개보다 많다.", en = "The seccomp filter of a default container lets most system calls through, decides a few by an argument, and refuses the rest; it refuses more than the 44 of the documentation." }
# files = ["seccomp-filter.py"]
# volatile = ["container-id"]
# values = { allowed = '^(\d+) allowed', some = '^(\d+) decided', refused = '^(\d+) refused: Operation' }
# holds = ["refused > 44", "allowed > refused"]
# timeout = 240
# leaves = ["container"]
# ///
docker run --detach --name web busybox sleep 1000
python3 seccomp-filter.py "$(docker inspect --format '{{.State.Pid}}' web)"
