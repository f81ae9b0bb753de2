# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "루트리스 데몬은 일반 사용자의 프로세스이고, 그 데몬이 실행한 컨테이너의 root는 호스트에서 그 사용자다. 다른 UID는 /etc/subuid의 범위에 있다.", en = "A rootless daemon is a process of an ordinary user, and root in its containers is that user on the host; other UIDs lie in the range in /etc/subuid." }
# volatile = ["container-id", "pid"]
# values = { own = '(?m)^ *0 +(\d+) +1$', first = '(?m)^alice:(\d+):', shifted = '(?m)^(\d+) /srv/alice/by-33' }
# holds = ["first < shifted"]
# timeout = 300
# leaves = ["file", "process", "mount", "namespace", "container", "port"]
# ///
# hide
useradd --create-home --base-dir /srv --shell /bin/bash alice
chmod 666 /dev/net/tun # as udev has it where there is one
install --directory --owner=alice --mode=700 /run/user/1000
docker save --output /tmp/busybox.tar busybox && chmod a+r /tmp/busybox.tar
PATH=$PATH:/usr/share/docker.io/contrib
# show
# step: range
grep alice /etc/subuid
# step: start
setpriv --reuid=alice --regid=alice --init-groups env HOME=/srv/alice XDG_RUNTIME_DIR=/run/user/1000 dockerd-rootless.sh > rootless.log 2>&1 &
# hide
export DOCKER_HOST=unix:///run/user/1000/docker.sock
test -S /run/user/1000/docker.sock  # settle: 250s
docker load --input /tmp/busybox.tar  # settle: 20s
# show
# step: socket
stat --format '%A %U %n' /run/user/1000/docker.sock
# step: daemons
ps -C dockerd -o user,comm
# step: run
export DOCKER_HOST=unix:///run/user/1000/docker.sock && docker run --detach --name web busybox sleep 1000
# step: inside
docker exec web id -u && docker exec web cat /proc/self/uid_map
# step: outside
ps -C sleep -o user,args
# step: files
docker run --rm --volume /srv/alice:/srv/alice busybox sh -c 'cd /srv/alice && touch by-0 by-33 && chown 33 by-33'
# step: owners
stat --format '%u %n' /srv/alice/by-*
# step: shadow
docker run --rm --volume /etc/shadow:/shadow busybox cat /shadow  # ? 1
