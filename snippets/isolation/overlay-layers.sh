# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "여러 lower 가운데 가장 왼쪽이 위에 놓이고, upper가 없으면 오버레이는 읽기 전용이다.", en = "Of several lower directories the leftmost lies on top, and without an upper directory the overlay is read-only." }
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
# hide
umount merged
# show
