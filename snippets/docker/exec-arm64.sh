# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "에뮬레이터가 없으면 다른 프로세서용 이미지는 'exec format error'로 끝나고, QEMU를 등록하면 돈다.", en = "Without an emulator an image for another processor ends with 'exec format error'; with QEMU registered it runs." }
# differs = { kind = "runtime", ko = "프로그램을 실행할 수 없으면 runc 1.3을 쓰는 Docker 28.5의 컨테이너는 255로 끝나고, runc 1.1을 쓰는 Docker 26.1의 컨테이너는 1로 끝난다.", en = "Where the program cannot be executed, a container of Docker 28.5 with runc 1.3 ends with 255, one of Docker 26.1 with runc 1.1 with 1." }
# timeout = 240
# ///
docker --context containerd run --rm --network none --platform linux/arm64 busybox uname -m
echo 0 > /proc/sys/fs/binfmt_misc/qemu-aarch64
docker --context containerd run --rm --network none --platform linux/arm64 busybox uname -m  # ? *
# hide
echo 1 > /proc/sys/fs/binfmt_misc/qemu-aarch64
# show
