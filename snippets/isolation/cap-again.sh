# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "바운딩 세트에서 사라진 캐퍼빌리티가 새 사용자 네임스페이스에서는 돌아오지만, 바깥의 것에는 힘이 없다.", en = "A capability that has left the bounding set comes back in a new user namespace, where it has no power over what is outside." }
# ///
setpriv --bounding-set -net_admin bash <<'dropped'
grep CapBnd /proc/self/status
unshare --user --map-root-user grep CapBnd /proc/self/status
unshare --user --map-root-user ip link set lo down  # ? 2
unshare --user --map-root-user --net ip link set lo up
dropped
