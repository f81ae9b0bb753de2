# /// snippet
# lab = "namespace"
# proves = { ko = "랩의 root는 자기 사용자 네임스페이스에서만 UID 0이다. 권한을 더 얻지 못하고, seccomp 필터가 걸려 있다.", en = "Root in the lab is uid 0 in its own user namespace only; it cannot gain privileges, and a seccomp filter lies on it." }
# browser = { ko = "그 머신의 root는 장치 파일을 만들 수 있다", en = "root of its machine may make device files" }
# ///
id -un
cat /proc/self/uid_map
grep -E 'NoNewPrivs|Seccomp:' /proc/self/status
mknod disk b 8 0  # ? 1
date --set 2000-01-01 2>&1 | head -n 1
