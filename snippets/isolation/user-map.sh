# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "파일 하나의 소유자가 사용자 네임스페이스의 안과 밖에서 다르다. 매핑이 번호를 옮기기 때문이다.", en = "One file has another owner on each side of a user namespace, because the map translates the number." }
# ///
# step: unshare
unshare --user --map-user=1000 --map-group=1000 bash <<'jail'
# step: file
touch file
# step: inside
stat --format %u:%g file
# step: map
cat /proc/self/uid_map
jail
# step: outside
stat --format %u:%g file
