# /// snippet
# lab = "namespace"
# proves = { ko = "뒤 레이어에서 지운 파일은 여전히 제 크기만큼 자리를 쓰고 읽을 수 있다. 한 레이어에서 쓰고 지우면 아무것도 남지 않는다.", en = "A file deleted in a later layer still costs its full size and can still be read; written and deleted in one layer it costs nothing." }
# values = { apart = '^(\d+)$', joined = '^\d+\n(\d+)$' }
# browser = true
# ///
# hide
pack() { tar --format=ustar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX -C "$1" -cf "$1.tar" .; }
# show
mkdir layer1 layer2 joined
echo 'app' > layer1/app && echo 's3cret' > layer1/key && head -c 4M /dev/zero > layer1/cache
touch layer2/.wh.key layer2/.wh.cache
echo 'app' > joined/app && head -c 4M /dev/zero > joined/cache && rm joined/cache
pack layer1 && pack layer2 && pack joined
tar -tf layer1.tar
tar -tf layer2.tar
cat layer1.tar layer2.tar | wc -c
wc -c < joined.tar
tar -xOf layer1.tar ./key
