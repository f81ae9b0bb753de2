# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "시간 네임스페이스는 부팅 뒤 흐른 시간을 주어진 초만큼 정확히 옮기고 벽시계는 그대로 둔다.", en = "A time namespace moves the time since boot by exactly the given seconds and leaves the wall clock alone." }
# ///
# hide
in_order() { [ "$1" -le "$2" ] && [ "$2" -le "$3" ]; }
# show
unshare --time --boottime 86400 --fork cat /proc/self/timens_offsets
before=$(cut --delimiter . --fields 1 /proc/uptime)
inside=$(unshare --time --boottime 86400 --fork cut --delimiter . --fields 1 /proc/uptime)
after=$(cut --delimiter . --fields 1 /proc/uptime)
in_order "$before" $((inside - 86400)) "$after" && echo 'uptime: one day ahead'
before=$(date +%s)
inside=$(unshare --time --boottime 86400 --fork date +%s)
after=$(date +%s)
in_order "$before" "$inside" "$after" && echo 'date: the same'
