# /// snippet
# lab = "namespace"
# proves = "One process has a number in each PID namespace that can see it."
# ///
# hide
child() { until pgrep --parent "$1" sleep; do sleep 0.01; done; }
# show
unshare --pid --fork sleep 1000 &
pid=$(child $!)
awk '/^NSpid/ { print NF - 1 " numbers, the innermost is " $NF }' "/proc/$pid/status"
# hide
disown -a
kill -KILL "$pid"
# show
