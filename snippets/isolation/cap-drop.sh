# /// snippet
# lab = "namespace"
# browser = true
# proves = "Root without CAP_NET_ADMIN keeps UID 0 and the other capabilities, but can no longer change an interface."
# ///
ip link set lo down
ip link set lo up
setpriv --bounding-set -net_admin bash <<'dropped'
id --user
ip link set lo down  # ? 2
grep Cap /proc/self/status
capsh --decode=0000000000001000
dropped
