# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "마운트 네임스페이스는 마운트 목록의 사본으로 시작한다. 안에서 언마운트하면 사본만 바뀌고, 안에서 쓴 파일은 양쪽이 본다.", en = "A mount namespace starts with a copy of the list of mounts: an unmount inside changes only the copy, a file written inside is seen by both." }
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
# hide
umount data
# show
