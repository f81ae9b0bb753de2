# /// snippet
# lab = "namespace"
# browser = true
# proves = "A bind mount keeps a namespace alive without any process in it; after the umount it is gone."
# ///
touch kept
unshare --uts=kept hostname jail
nsenter --uts=kept hostname
hostname
umount kept
nsenter --uts=kept hostname  # ? 1
