# /// snippet
# lab = "namespace"
# proves = { ko = "사용자 네임스페이스에서 보통 사용자는 그 네임스페이스가 가진 것에 대해 root이고, 매핑이 없는 사용자에게 파일을 넘기지는 못한다.", en = "In a user namespace an ordinary user is root over what the namespace owns, and cannot give a file to a user that has no mapping." }
# browser = true
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
