# /// snippet
# lab = "namespace"
# proves = "PID 1 of a namespace adopts the orphans in it, and its own parent has the number 0."
# ///
unshare --pid --fork --mount-proc bash <<'jail'
ps -o pid,ppid,comm -p $$
(sleep 1000 &)
ps -o ppid,comm -C sleep
jail
ps -C sleep  # ? 1
