# /// snippet
# lab = "namespace"
# browser = true
# proves = "A new mount namespace leaks new mounts to the old one while both keep the parent mount shared."
# ///
mkdir shared
mount -t tmpfs tmpfs shared
mount --make-shared shared
mkdir shared/a shared/b
unshare --mount --propagation unchanged mount -t tmpfs tmpfs shared/a
unshare --mount mount -t tmpfs tmpfs shared/b
mountpoint shared/a
mountpoint shared/b  # ? 32
