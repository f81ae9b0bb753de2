# /// snippet
# lab = "namespace"
# browser = true
# proves = "Of several lower directories the leftmost lies on top, and without an upper directory the overlay is read-only."
# ///
mkdir base runtime app merged
echo 'base' | tee base/a base/b > base/c
echo 'runtime' | tee runtime/b > runtime/c
echo 'app' > app/c
mount -t overlay overlay -o lowerdir=app:runtime:base,userxattr merged
tail merged/*
touch merged/d  # ? 1
umount merged
mount -t overlay overlay -o lowerdir=base:runtime:app,userxattr merged
cat merged/c
