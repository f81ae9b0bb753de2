# /// snippet
# lab = "namespace"
# browser = true
# proves = "Where a limit on namespaces is reached, unshare fails with an error that speaks of space."
# ///
unshare --user --map-root-user bash <<'jail'
echo 1 > /proc/sys/user/max_uts_namespaces
unshare --uts true
unshare --uts unshare --uts true  # ? 1
jail
