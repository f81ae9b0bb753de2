# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "컨테이너는 호스트의 커널을 보고한다.", en = "A container reports the kernel of its host." }
# volatile = ["kernel"]
# values = { host = "\\A(\\S+)", container = "\\A\\S+\\n(\\S+)" }
# holds = ["host == container"]
# timeout = 240
# ///
uname -r
docker run --rm busybox uname -r
