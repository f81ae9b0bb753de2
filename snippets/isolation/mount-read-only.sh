# /// snippet
# lab = "namespace"
# browser = true
# proves = "One directory can be read-only in one mount namespace and writable in another at the same time."
# ///
mkdir config
unshare --mount bash <<'jail'
mount --bind config config
mount -o remount,bind,ro config
touch config/inside  # ? 1
jail
touch config/outside
ls config
