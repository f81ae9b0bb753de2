# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "사용자 네임스페이스의 root는 그 사용자 네임스페이스가 소유한 네임스페이스만 다스린다.", en = "Root of a user namespace rules only namespaces that this user namespace owns." }
# ///
unshare --user --map-root-user bash <<'jail'
id --user
hostname jail  # ? 1
jail
unshare --user --map-root-user --uts bash <<'jail'
hostname jail
hostname
jail
hostname
