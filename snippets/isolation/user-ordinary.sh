# /// snippet
# lab = "namespace"
# browser = true
# proves = "A user without any capability cannot make a UTS namespace, unless a user namespace comes first."
# ///
unshare --user --map-user=1000 --map-group=1000 bash <<'alice'
id --user
grep CapEff /proc/self/status
unshare --uts true  # ? 1
unshare --user --map-root-user --uts sh -c 'id --user && hostname jail && hostname'
alice
hostname
