# /// snippet
# lab = "namespace"
# proves = "The first process of a PID namespace is PID 1, but ps shows the new numbers only after proc is mounted anew."
# ///
sleep 1000 &
unshare --pid --fork --mount bash <<'jail'
echo "PID $$"
ps -C sleep -o comm=
mount -t proc proc /proc
ps -C sleep -o comm=  # ? 1
ps -e -o pid,comm
jail
ps -C sleep -o comm=
# hide
kill %1
# show
