# /// snippet
# lab = "namespace"
# proves = { ko = "컨테이너의 호스트네임과 프로세스 목록은 자기 것이지만 커널은 호스트의 것이다. 부트 ID가 같다.", en = "In a container hostname and process list are its own, while the kernel is the host's: it has the same boot ID." }
# volatile = ["uuid", "columns"]
# browser = true
# ///
hostname
cat /proc/sys/kernel/random/boot_id
unshare --mount --uts --ipc --net --pid --fork --mount-proc bash <<'container'
hostname container
hostname
ps -o pid,comm | head -n 2
cat /proc/sys/kernel/random/boot_id
container
