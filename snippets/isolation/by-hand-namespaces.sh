# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "새 네임스페이스는 새 PID 1과 호스트네임과 네트워크를 주지만, 파일 시스템과 /proc은 바깥의 것 그대로다.", en = "New namespaces give a new PID 1, host name and network, but the file system and /proc stay those of the outside." }
# ///
echo 'top secret' > outside.txt
setsid --fork sleep 600
# hide
until pgrep sleep > /dev/null; do sleep 0.01; done
# show
unshare --mount --uts --ipc --net --pid --fork /bin/sh <<'container'
echo $$
hostname container
hostname
ip link | grep -c LOWER_UP  # ? 1
cat outside.txt
cat /proc/[0-9]*/comm 2> /dev/null | grep sleep
container
hostname
# hide
pkill sleep
# show
