# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "한 디렉터리가 한 마운트 네임스페이스에서는 읽기 전용이고 같은 때 다른 데서는 쓰기 가능할 수 있다.", en = "One directory can be read-only in one mount namespace and writable in another at the same time." }
# ///
mkdir config
unshare --mount bash <<'jail'
mount --bind config config
mount -o remount,bind,ro config
touch config/inside  # ? 1
jail
touch config/outside
ls config
