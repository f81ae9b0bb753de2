# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# differs = { kind = "runtime", ko = "프로그램을 시작하지 못하면 28의 랩에 있는 runc 1.3은 255로, 26의 랩에 있는 runc 1.1은 1로 끝난다.", en = "Where the program cannot be started, runc 1.3 of the lab of 28 ends with 255, and runc 1.1 of that of 26 with 1." }
# proves = { ko = "glibc에 동적으로 링크한 프로그램은 glibc가 없는 이미지에서 'no such file or directory'로 실패하고, glibc를 붙여 주면 돈다.", en = "A dynamically linked glibc program on an image without glibc fails with 'no such file or directory'; with glibc mounted it runs." }
# volatile = ["digest"]
# timeout = 240
# ///
printf '#include <stdio.h>\nint main(void) { puts("hello"); }\n' > app.c
tcc -o app app.c
printf 'FROM busybox\nCOPY app /app\nCMD ["/app"]\n' > Dockerfile
docker build --quiet --tag dynamic .
docker run --rm dynamic  # ? 255, @26 1
docker run --rm dynamic ls /app
docker run --rm --volume /lib/x86_64-linux-gnu:/lib/x86_64-linux-gnu --volume /lib64:/lib64 dynamic
