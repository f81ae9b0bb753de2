# /// snippet
# lab = "namespace"
# proves = "The lab has no variable of the caller's, no file of the host's and no way to any network; what is read-only stays so."
# ///
env | cut -d = -f 1 | sort | xargs
ls /home /media /mnt /srv
ip -brief link | cut -d ' ' -f 1
ip route get 192.0.2.1  # ? 2
mount -o remount,rw,bind /  # ? 32
touch /usr/mine  # ? 1
