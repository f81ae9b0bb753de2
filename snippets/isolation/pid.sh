# /// snippet
# lab = "namespace"
# proves = { ko = "PID 네임스페이스의 첫 프로세스는 PID 1이지만, /proc은 proc을 새로 마운트한 뒤에야 새 번호를 보여 준다.", en = "The first process of a PID namespace is PID 1, but /proc shows the new numbers only after proc is mounted anew." }
# volatile = ["columns"]
# browser = true
# ///
sleep 1000 &
# hide
until pgrep sleep > /dev/null; do sleep 0.01; done
# show
unshare --pid --fork --mount bash <<'jail'
# step: first
echo "PID $$"
# step: old-proc
cat /proc/[0-9]*/comm | grep sleep
# step: mount
mount -t proc proc /proc
cat /proc/[0-9]*/comm | grep sleep  # ? 1
# step: new-proc
ps -e -o pid,comm
jail
# step: back
ps -C sleep -o comm=
# hide
kill %1
# show
