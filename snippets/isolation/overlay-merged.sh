# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "오버레이는 두 디렉터리의 파일을 함께 보여 준다. 이름이 같으면 위쪽 파일이 보이고, 쓴 파일은 모두 upper에 놓인다.", en = "An overlay shows the names of both directories, the upper one wins, and every write lands in the upper one." }
# ///
mkdir lower upper work merged
echo 'from lower' | tee lower/config > lower/base
echo 'from upper' > upper/config
mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work,userxattr merged
ls merged
cat merged/config
echo 'new' > merged/log
ls lower
ls upper
# hide
umount merged
# show
