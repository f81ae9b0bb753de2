# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "양쪽이 부모 마운트를 공유로 두는 동안, 새 마운트 네임스페이스의 마운트는 옛 쪽으로 새어 나간다.", en = "A new mount namespace leaks new mounts to the old one while both keep the parent mount shared." }
# ///
mkdir shared
mount -t tmpfs tmpfs shared
mount --make-shared shared
mkdir shared/a shared/b
unshare --mount --propagation unchanged mount -t tmpfs tmpfs shared/a
unshare --mount mount -t tmpfs tmpfs shared/b
mountpoint shared/a
mountpoint shared/b  # ? 32
# hide
umount shared/a shared
# show
