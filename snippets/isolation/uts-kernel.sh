# /// snippet
# lab = "namespace"
# browser = true
# proves = "A UTS namespace begins with a copy of the name; it changes the name that uname returns, not the kernel it names, and no file."
# ///
echo lab > hostname
uname --kernel-release --machine > outside
unshare --uts bash <<'jail'
uname --nodename
hostname jail
uname --nodename
uname --kernel-release --machine | cmp - outside && echo 'the same kernel'
cat hostname
jail
uname --nodename
