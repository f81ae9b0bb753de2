# /// snippet
# lab = "namespace"
# proves = { ko = "디스크는 블록이나 아이노드가 바닥나면 가득 찬다. 지운 파일은 열려 있는 동안 블록을 놓지 않는다.", en = "A disk is full when its blocks or its inodes run out, and a deleted file keeps its blocks while it is open." }
# values = { held = '^ *(\d+) +0 disk$' }
# browser = true
# ///
mkdir disk && mount -t tmpfs -o size=1m,nr_inodes=8 tmpfs disk
head --bytes 2M /dev/zero > disk/log  # ? 1
exec 3< disk/log && rm disk/log
du --summarize disk
df --output=used,avail,target disk | tail -n 1 | sed "s,$PWD/,,"
exec 3<&-
df --output=used,avail,target disk | tail -n 1 | sed "s,$PWD/,,"
touch disk/{1..9}  # ? 1
df --output=used,avail,target disk | tail -n 1 | sed "s,$PWD/,,"
# hide
umount disk
# show
