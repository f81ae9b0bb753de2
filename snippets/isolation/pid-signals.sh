# /// snippet
# lab = "namespace"
# proves = { ko = "네임스페이스의 PID 1은 안에서 온 SIGKILL과 밖에서 온 SIGTERM에는 살아남고 밖에서 온 SIGKILL에는 죽으며, 그때 네임스페이스의 모든 것이 함께 죽는다.", en = "PID 1 of a namespace survives SIGKILL from inside and SIGTERM from outside, but not SIGKILL from outside, and everything in the namespace dies with it." }
# browser = true
# ///
# hide
child() { until pgrep --parent "$1" sleep; do sleep 0.01; done; }
# show
unshare --pid --fork bash <<'jail'
kill -KILL $$
# step: alive
echo "PID $$ is still here"
jail
# step: outside
unshare --pid --fork sleep 1000 &
init=$(child $!)
# step: term
kill -TERM "$init"
ps -p "$init" -o comm=
nsenter --target "$init" --pid sleep 2000 &
second=$(child $!)
# hide
disown -a && kill -KILL $(ps -o ppid= "$init")
# show
# step: kill
kill -KILL "$init"
# hide
while [ -e "/proc/$init" ] || [ -e "/proc/$second" ]; do sleep 0.01; done
# show
ps -p "$init,$second" -o comm=  # ? 1
