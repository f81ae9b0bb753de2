# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "읽을 때는 아무것도 복사하지 않는다. 한 바이트를 덧붙이면 파일 전체가 upper로 복사되고 lower의 파일은 그대로다.", en = "Reading copies nothing; appending one byte copies the whole file to the upper directory and leaves the lower one as it was." }
# values = { lower = 'lower/data (\d+)', upper = 'upper/data (\d+)' }
# ///
# hide
mkdir lower upper work merged
# show
# step: lower
yes | head --bytes=4M > lower/data
mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work,userxattr merged
# step: before
stat --format='%n %s' merged/data lower/data
# step: read
cmp merged/data lower/data
ls upper
# step: write
printf x >> merged/data
# step: after
stat --format='%n %s' merged/data upper/data lower/data
# hide
umount merged
# show
