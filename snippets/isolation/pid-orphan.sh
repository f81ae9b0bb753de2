# /// snippet
# lab = "namespace"
# proves = { ko = "네임스페이스의 PID 1은 그 안의 고아를 거두고, 자기 부모의 번호는 0이다.", en = "PID 1 of a namespace adopts the orphans in it, and its own parent has the number 0." }
# volatile = ["columns"]
# browser = true
# ///
unshare --pid --fork --mount-proc bash <<'jail'
# step: first
ps -o pid,ppid,comm -p $$
# step: orphan
(sleep 1000 &)
# hide
until pgrep -x sleep > /dev/null; do sleep 0.01; done
# show
# step: adopted
ps -o ppid,comm -C sleep
jail
# step: gone
ps -C sleep  # ? 1
