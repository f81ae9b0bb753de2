# /// snippet
# lab = "namespace"
# browser = true
# proves = "A mount namespace starts with a copy of the list of mounts: an unmount inside changes only the copy, a file written inside is seen by both."
# ///
mkdir data
mount -t tmpfs tmpfs data
echo old > data/file
unshare --mount bash <<'jail'
cat data/file
echo new > data/file
umount data
ls data
jail
cat data/file
