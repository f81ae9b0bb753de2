# /// snippet
# lab = "namespace"
# browser = true
# proves = "One file has another owner on each side of a user namespace, because the map translates the number."
# ///
unshare --user --map-user=1000 --map-group=1000 bash <<'jail'
touch file
stat --format %u:%g file
cat /proc/self/uid_map
jail
stat --format %u:%g file
