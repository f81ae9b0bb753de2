# /// snippet
# lab = "namespace"
# browser = true
# proves = "A file system mounted inside a mount namespace does not exist outside it."
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
