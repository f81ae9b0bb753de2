# /// snippet
# lab = "namespace"
# proves = "One process has a number in each PID namespace from its own outward; from inside, a number of the outside means nothing."
# ///
# hide
child() { until pgrep --parent "$1" sleep; do sleep 0.01; done; }
# show
unshare --pid --fork sleep 1000 &
pid=$(child $!)
awk '/^NSpid/ { print NF - 1 " numbers, the innermost is " $NF }' "/proc/$pid/status"
nsenter --target "$pid" --pid --no-fork true
# hide
kill -KILL "$pid"
# show
