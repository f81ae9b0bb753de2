# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "127.0.0.1에 게시한 포트는 이 호스트에만 열리고, 주소 없이 게시하면 모든 주소에 열린다. 요청은 컨테이너에 닿는다.", en = "A port published on 127.0.0.1 is open on this host only; without an address it is open on all; a request reaches the container." }
# volatile = ["container-id"]
# timeout = 240
# leaves = ["container"]
# ///
# hide
serve() { docker run --detach "$@" busybox sh -c 'echo hello > index.html && httpd -f -p 80'; }
# show
serve --name local --publish 127.0.0.1:8080:80
serve --name everywhere --publish 8081:80
docker port local && docker port everywhere
curl --silent http://127.0.0.1:8080/  # settle: 30s
serve --name second --publish 8081:80 2>&1 | grep --only-matching 'port is already allocated'
