# /// snippet
# lab = "namespace"
# browser = true
# proves = "A deletion is recorded in the upper directory as a character device 0/0, and the file below is still there."
# ///
# hide
mkdir lower upper work merged
# show
touch lower/keep lower/remove
mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work,userxattr merged
rm merged/remove
ls merged
ls lower
stat --format='%n: %F %t,%T' upper/remove
umount merged
rm upper/remove
mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work,userxattr merged
ls merged
