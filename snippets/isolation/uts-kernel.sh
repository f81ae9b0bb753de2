# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "UTS 네임스페이스는 이름의 사본으로 시작한다. uname이 돌려주는 이름만 바뀌고, 커널도 파일도 바뀌지 않는다.", en = "A UTS namespace begins with a copy of the name; it changes the name that uname returns, not the kernel it names, and no file." }
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
