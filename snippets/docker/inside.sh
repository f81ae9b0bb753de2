# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "기본 컨테이너는 줄어든 캐퍼빌리티(capability) 마스크, 켜진 seccomp 필터, 그리고 user와 time을 뺀 모든 종류의 새 네임스페이스를 가진다.", en = "A default container has a reduced capability mask, an active seccomp filter, and new namespaces of every kind but user and time." }
# volatile = ["namespace-id"]
# timeout = 240
# ///
docker run --rm busybox grep -E 'CapEff|Seccomp:' /proc/self/status
# hide
for kind in cgroup ipc mnt net pid time user uts; do readlink "/proc/self/ns/$kind"; done > host
# show
docker run --rm busybox sh -c 'for kind in cgroup ipc mnt net pid time user uts; do readlink /proc/self/ns/$kind; done' > container
paste host container | while read -r a b; do [ "$a" = "$b" ] && echo "same ${a%%:*}" || echo "NEW  ${a%%:*}"; done
