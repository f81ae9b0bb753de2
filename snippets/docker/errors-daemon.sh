# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# differs = { kind = "printed", ko = "28의 클라이언트는 데몬이 보낸 JSON에서 메시지를 꺼내 출력하고, 26의 클라이언트는 JSON을 그대로 출력한다.", en = "The client of 28 takes the message out of the daemon's JSON; that of 26 prints the JSON as it came." }
# proves = { ko = "소켓이 없으면 'Cannot connect', 소켓을 열 권한이 없으면 'permission denied', API 버전이 너무 낮으면 'too old' 오류가 나온다.", en = "Without a socket the error is 'Cannot connect', without the right to open it 'permission denied', and with too low a version of the API 'too old'." }
# volatile = ["version"]
# timeout = 240
# ///
# step: connect
docker --host unix:///run/no-daemon.sock ps  # ? 1
# step: denied
setpriv --reuid=nobody --regid=nogroup --clear-groups docker ps  # ? 1
# step: old
DOCKER_API_VERSION=1.20 docker ps  # ? 1
