# /// snippet
# lab = "namespace"
# browser = true
# proves = "Reading copies nothing; appending one byte copies the whole file to the upper directory and leaves the lower one as it was."
# values = { lower = 'lower/data (\d+)', upper = 'upper/data (\d+)' }
# ///
# hide
mkdir lower upper work merged
# show
yes | head --bytes=4M > lower/data
mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work,userxattr merged
cmp merged/data lower/data
ls upper
printf x >> merged/data
stat --format='%n %s' lower/data upper/data
