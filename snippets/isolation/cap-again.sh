# /// snippet
# lab = "namespace"
# browser = true
# proves = "A capability that has left the bounding set comes back in a new user namespace, where it has no power over what is outside."
# ///
setpriv --bounding-set -net_admin bash <<'dropped'
grep CapBnd /proc/self/status
unshare --user --map-root-user grep CapBnd /proc/self/status
unshare --user --map-root-user ip link set lo down  # ? 2
unshare --user --map-root-user --net ip link set lo up
dropped
