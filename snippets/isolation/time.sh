# /// snippet
# lab = "namespace"
# proves = "A time namespace moves the time since boot by exactly the given seconds and leaves the wall clock alone."
# ///
# hide
uptime_ms() { awk '{ printf "%d\n", $1 * 1000 }' /proc/uptime; }
between() { [ "$1" -le "$2" ] && [ "$2" -le "$3" ]; }
cat > uptime.awk <<'EOF'
{ printf "%d\n", $1 * 1000 }
EOF
# show
unshare --time --boottime 86400 --fork cat /proc/self/timens_offsets
before=$(awk -f uptime.awk /proc/uptime)
inside=$(unshare --time --boottime 86400 --fork awk -f uptime.awk /proc/uptime)
after=$(awk -f uptime.awk /proc/uptime)
between "$before" $((inside - 86400000)) "$after" && echo 'one day more since boot'
before=$(date +%s)
inside=$(unshare --time --boottime 86400 --fork date +%s)
after=$(date +%s)
between "$before" "$inside" "$after" && echo 'the same date'
