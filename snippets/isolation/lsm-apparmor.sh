# /// snippet
# lab = "none"
# proves = { ko = "기본 Docker 컨테이너는 AppArmor 프로파일 docker-default 아래에서 돌고, unconfined가 그것을 벗긴다.", en = "A default Docker container runs under the AppArmor profile docker-default; unconfined takes it off." }
# reason = { ko = "Docker 랩의 데몬은 securityfs 없이 시작해서 AppArmor가 없는 줄로 안다.", en = "The docker lab's daemon starts without securityfs, and so takes the machine for one without AppArmor." }
# source = "https://docs.docker.com/engine/security/apparmor/"
# ///
cat /sys/kernel/security/lsm
docker run --rm alpine cat /proc/self/attr/current
docker run --rm --security-opt apparmor=unconfined alpine cat /proc/self/attr/current
aa-status
