# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# differs = { kind = "runtime", ko = "28의 프로파일은 그사이 커널에 생긴 mseal, statmount 같은 콜을 허용한다. 26의 프로파일은 이런 콜을 모르고, runc는 모르는 콜에 ENOSYS를 돌려준다.", en = "The profile of 28 allows calls that the kernel has got since, such as mseal and statmount; that of 26 does not know them, and to such calls runc has the filter answer ENOSYS." }
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
