# /// snippet
# lab = "namespace"
# browser = true
# proves = "A few flags of unshare give a shell its own hostname and make it process 1."
# ///
hostname
unshare --uts --pid --fork --mount-proc bash <<'container'
hostname container
hostname
echo "my process ID is $$"
container
hostname
