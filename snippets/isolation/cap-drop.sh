# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "CAP_NET_ADMIN이 없는 root는 UID 0과 다른 캐퍼빌리티를 그대로 갖지만 인터페이스를 바꾸지 못한다.", en = "Root without CAP_NET_ADMIN keeps UID 0 and the other capabilities, but can no longer change an interface." }
# ///
ip link set lo down
ip link set lo up
setpriv --bounding-set -net_admin bash <<'dropped'
id --user
ip link set lo down  # ? 2
grep Cap /proc/self/status
capsh --current | head -n 1
dropped
