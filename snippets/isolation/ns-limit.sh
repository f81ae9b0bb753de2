# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "네임스페이스 수가 제한에 도달하면 unshare는 공간이 없다는 오류로 실패한다.", en = "Where a limit on namespaces is reached, unshare fails with an error that speaks of space." }
# ///
unshare --user --map-root-user bash <<'jail'
echo 1 > /proc/sys/user/max_uts_namespaces
unshare --uts true
unshare --uts unshare --uts true  # ? 1
jail
