# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "명령이 둘 이상이면 셸 형식 CMD에서는 셸이 PID 1이고, exec 형식에서는 프로그램이 PID 1이다.", en = "CMD in shell form makes the shell PID 1 when it has more than one command; exec form makes the program PID 1." }
# volatile = ["digest", "pid"]
# timeout = 240
# ///
printf 'FROM busybox\nCMD ps -o pid,comm && echo done\n' | docker build --quiet --tag shell-form -
printf 'FROM busybox\nCMD ["ps", "-o", "pid,comm"]\n' | docker build --quiet --tag exec-form -
docker run --rm shell-form
docker run --rm exec-form
