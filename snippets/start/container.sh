# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "unshare의 플래그 몇 개가 셸에 자기 호스트네임을 주고 셸을 1번 프로세스로 만든다.", en = "A few flags of unshare give a shell its own hostname and make it process 1." }
# ///
hostname
unshare --uts --pid --fork --mount-proc bash <<'container'
hostname container
hostname
echo "my process ID is $$"
container
hostname
