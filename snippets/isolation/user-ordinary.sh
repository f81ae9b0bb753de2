# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "캐퍼빌리티가 없는 사용자는 UTS 네임스페이스를 만들지 못한다. 사용자 네임스페이스가 먼저 있으면 된다.", en = "A user without any capability cannot make a UTS namespace, unless a user namespace comes first." }
# ///
unshare --user --map-user=1000 --map-group=1000 bash <<'alice'
id --user
grep CapEff /proc/self/status
unshare --uts true  # ? 1
unshare --user --map-root-user --uts sh -c 'id --user && hostname jail && hostname'
alice
hostname
