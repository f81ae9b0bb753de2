# /// snippet
# lab = "namespace"
# browser = true
# proves = "An overlay shows the names of both directories, the upper one wins, and every write lands in the upper one."
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
