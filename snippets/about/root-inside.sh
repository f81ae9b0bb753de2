# /// snippet
# lab = "namespace"
# proves = "Root in the lab is uid 0 in its own user namespace only; it cannot gain privileges, and a seccomp filter lies on it."
# ///
id -un
cat /proc/self/uid_map
grep -E 'NoNewPrivs|Seccomp:' /proc/self/status
mknod disk b 8 0  # ? 1
date --set 2000-01-01 2>&1 | head -n 1
