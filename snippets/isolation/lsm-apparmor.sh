# /// snippet
# lab = "none"
# proves = { ko = "기본 Docker 컨테이너는 AppArmor 프로필 docker-default 아래에서 돌고, unconfined가 그것을 벗긴다.", en = "A default Docker container runs under the AppArmor profile docker-default; unconfined takes it off." }
# reason = { ko = "이 사이트의 랩이 도는 커널에는 AppArmor가 없다.", en = "The kernel under this site's lab has no AppArmor." }
# source = "https://docs.docker.com/engine/security/apparmor/"
# ///
cat /sys/kernel/security/lsm
docker run --rm alpine cat /proc/self/attr/current
docker run --rm --security-opt apparmor=unconfined alpine cat /proc/self/attr/current
aa-status
