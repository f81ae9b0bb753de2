# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "삭제는 upper에 문자 장치 0/0으로 기록되고, 아래의 파일은 그대로 있다.", en = "A deletion is recorded in the upper directory as a character device 0/0, and the file below is still there." }
# ///
# hide
mkdir lower upper work merged
# show
touch lower/keep lower/remove
# step: mount
mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work,userxattr merged
# step: before
ls merged upper lower
# step: remove
rm merged/remove
# step: after
ls merged upper lower
# step: whiteout
stat --format='%n: %F %t,%T' upper/remove
umount merged
# step: take-out
rm upper/remove
mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work,userxattr merged
# step: back
ls merged upper lower
# hide
umount merged
# show
