# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "바인드 마운트는 프로세스가 하나도 없는 네임스페이스를 살려 두고, 언마운트하면 사라진다.", en = "A bind mount keeps a namespace alive without any process in it; after the umount it is gone." }
# ///
touch kept
unshare --uts=kept hostname jail
nsenter --uts=kept hostname
hostname
umount kept
nsenter --uts=kept hostname  # ? 1
