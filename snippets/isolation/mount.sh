# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "마운트 네임스페이스 안에서 마운트한 파일 시스템은 밖에 없다.", en = "A file system mounted inside a mount namespace does not exist outside it." }
# ///
mkdir data
unshare --mount bash <<'jail'
mount -t tmpfs tmpfs data
touch data/inside
mountpoint data
ls data
jail
mountpoint data  # ? 32
ls data
