# /// snippet
# lab = "namespace"
# proves = "Two flags of one system call give a shell its own hostname and make it process 1."
# ///
hostname
unshare --uts --pid --fork --mount-proc bash <<'container'
hostname container
hostname
echo "my process ID is $$"
container
hostname
