# /// snippet
# lab = "namespace"
# proves = { ko = "랩에는 엔진을 실행한 사람의 환경 변수도, 호스트의 파일도, 밖으로 나가는 네트워크도 없다. 읽기 전용 파일 시스템은 쓰기 가능하게 바꿀 수 없다.", en = "The lab has no variable of the caller's, no file of the host's and no way to any network; what is read-only stays so." }
# browser = { ko = "그 머신에는 `/media`가 없다", en = "its machine has no `/media`" }
# ///
env | cut -d = -f 1 | sort | xargs
ls /home /media /mnt /srv
ip -brief link | cut -d ' ' -f 1
ip route get 192.0.2.1  # ? 2
mount -o remount,rw,bind /  # ? 32
touch /usr/mine  # ? 1
