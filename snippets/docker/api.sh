# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "docker 명령은 유닉스 소켓 위 HTTP API의 클라이언트 하나일 뿐이다. 이 명령 없이도 컨테이너를 만들고 시작한다.", en = "The docker command is one client of an HTTP API on a Unix socket: a container is made and started without it." }
# differs = { kind = "printed", ko = "데몬마다 자기 버전의 API 번호를 알려 준다. Docker 26.1은 1.45, Docker 28.5는 1.51이다.", en = "Each daemon names the API of its own version: Docker 26.1 has 1.45, Docker 28.5 has 1.51." }
# volatile = ["container-id"]
# values = { api = '^(\d\.\d+) ', least = '^\d\.\d+ (\d\.\d+)' }
# timeout = 240
# ///
curl --silent --unix-socket /var/run/docker.sock http://localhost/_ping && echo
curl --silent --unix-socket /var/run/docker.sock http://localhost/version | python3 -c 'import json, sys; v = json.load(sys.stdin); print(v["ApiVersion"], v["MinAPIVersion"])'
curl --silent --unix-socket /var/run/docker.sock --json '{"Image": "busybox", "Cmd": ["echo", "hello"]}' 'http://localhost/containers/create?name=made-by-curl' && echo
curl --silent --unix-socket /var/run/docker.sock --request POST --output /dev/null --write-out '%{http_code}\n' http://localhost/containers/made-by-curl/start
docker wait made-by-curl
docker logs made-by-curl
