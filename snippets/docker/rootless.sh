# /// snippet
# lab = "namespace"
# proves = "In a user namespace an ordinary user is root over what the namespace owns, and cannot give a file to a user that has no mapping."
# ///
unshare --user --map-user=1000 --map-group=1000 bash <<'alice'
id --user
mount -t tmpfs tmpfs /mnt  # ? 32
unshare --user --map-root-user --mount bash <<'container'
id --user
mount -t tmpfs tmpfs /mnt && echo mounted
touch file && chown 33 file  # ? 1
cat /proc/self/uid_map
container
stat --format %u file
alice
