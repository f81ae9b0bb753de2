# /// snippet
# lab = "namespace"
# browser = true
# proves = "Root of a user namespace rules only namespaces that this user namespace owns."
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
