# /// snippet
# lab = "none"
# proves = { ko = "Docker 컨테이너는 기본으로 AppArmor 프로파일 docker-default를 적용받고, unconfined를 지정하면 적용받지 않는다.", en = "A default Docker container runs under the AppArmor profile docker-default; unconfined takes it off." }
# reason = { ko = "Docker 랩의 데몬은 securityfs 없이 시작해서 AppArmor가 없는 줄로 안다.", en = "The docker lab's daemon starts without securityfs, and so takes the machine for one without AppArmor." }
# source = "https://docs.docker.com/engine/security/apparmor/"
# ///
cat /sys/kernel/security/lsm
docker run --rm alpine cat /proc/self/attr/current
docker run --rm --security-opt apparmor=unconfined alpine cat /proc/self/attr/current
aa-status
