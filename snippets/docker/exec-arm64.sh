# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "에뮬레이터가 없으면 다른 프로세서용 이미지는 'exec format error'로 끝나고, QEMU를 등록하면 돈다.", en = "Without an emulator an image for another processor ends with 'exec format error'; with QEMU registered it runs." }
# timeout = 240
# ///
docker --context containerd run --rm --network none --platform linux/arm64 busybox uname -m
echo 0 > /proc/sys/fs/binfmt_misc/qemu-aarch64
docker --context containerd run --rm --network none --platform linux/arm64 busybox uname -m  # ? *
# hide
echo 1 > /proc/sys/fs/binfmt_misc/qemu-aarch64
# show
