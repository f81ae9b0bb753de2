# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "none에는 루프백만 있고, host는 호스트의 네트워크 네임스페이스를 쓰고, container:는 다른 컨테이너의 것을 쓴다.", en = "With none there is a loopback only, host uses the host's network namespace, and container: that of another container." }
# volatile = ["container-id", "namespace-id"]
# timeout = 240
# leaves = ["container"]
# ///
# step: none
docker run --rm --network none busybox ls /sys/class/net
# step: here
readlink /proc/self/ns/net
# step: host
docker run --rm --network host busybox readlink /proc/self/ns/net
# step: own
docker run --detach --name web busybox sh -c 'echo hello > index.html && httpd -f -p 127.0.0.1:80' && docker exec web readlink /proc/self/ns/net
# step: shared
docker run --rm --network container:web busybox sh -c 'readlink /proc/self/ns/net && wget -q -O - http://127.0.0.1/'
# step: discarded
docker run --rm --network host --publish 8080:80 busybox true
