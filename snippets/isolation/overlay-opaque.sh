# /// snippet
# lab = "namespace"
# proves = { ko = "지웠다가 다시 만든 디렉터리에는 opaque 표시가 붙어, 아래의 디렉터리 전체를 가린다.", en = "A directory that was removed and made again is marked opaque: it hides the whole directory below it." }
# browser = true
# ///
# hide
mkdir -p lower/cache upper work merged
# show
touch lower/cache/one lower/cache/two
mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work,userxattr merged
rm -r merged/cache
mkdir merged/cache
touch merged/cache/three
ls merged/cache
ls upper/cache
python3 -c 'import os; print(os.getxattr("upper/cache", "user.overlay.opaque"))'
# hide
umount merged
# show
