# /// snippet
# lab = "namespace"
# proves = { ko = "두 레이어를 합치면 위 레이어가 지운 것이 사라지고, 베이스의 크기는 그대로다.", en = "Merging two layers drops what the upper one deleted, and leaves the base as large as it was." }
# values = { before = '^(\d+)\n\d+\n\d+$', after = '^\d+\n(\d+)$', base = '(\d+)\n\Z' }
# holds = ["after < before", "base < after"]
# browser = true
# ///
# hide
pack() { tar --format=ustar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX -C "$1" -cf "$1.tar" .; }
# show
mkdir base layer1 layer2 merged
head --bytes 8M /dev/zero > base/libraries
echo 'app' > layer1/app && head --bytes 4M /dev/zero > layer1/download
touch layer2/.wh.download
pack base && pack layer1 && pack layer2
tar -xf layer1.tar -C merged && rm merged/download && pack merged
cat base.tar layer1.tar layer2.tar | wc --bytes
cat base.tar merged.tar | wc --bytes
wc --bytes < base.tar
