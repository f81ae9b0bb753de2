# /// snippet
# lab = "namespace"
# proves = { ko = "execve는 보통 사용자에게 파일에 적힌 것만 남기고, no_new_privs가 걸려 있으면 새로 주는 것이 없다.", en = "execve leaves an ordinary user only what stands on the file, and nothing new where no_new_privs is set." }
# browser = { ko = "그 머신에서는 명령이 `no_new_privs` 없이 실행된다", en = "commands of its machine run without `no_new_privs`" }
# ///
# hide
mkdir tools
mount -t tmpfs tmpfs tools
# show
cp /bin/grep tools/grep
setcap cap_net_raw=ep tools/grep
getcap tools/grep
unshare --user --map-user=1000 /bin/grep CapEff /proc/self/status
unshare --user --map-user=1000 tools/grep CapEff /proc/self/status | tee mask
capsh --decode="$(cut -f 2 mask)"
unshare --user --map-user=1000 bash <<'alice'
id --user
grep NoNewPrivs /proc/self/status
tools/grep CapEff /proc/self/status
alice
# hide
umount tools
# show
