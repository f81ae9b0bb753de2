# /// snippet
# lab = "namespace"
# browser = true
# proves = "Each unshare flag replaces exactly one of the eight namespaces of a process."
# volatile = ["namespace-id"]
# ///
# hide
cat > links.sh <<'EOF'
for type in cgroup ipc mnt net pid time user uts; do readlink "/proc/self/ns/$type"; done
EOF
sh links.sh > outside
compare() {
    printf '%-10s' "$1"
    paste -d ' ' outside - | while read -r old new; do
        [ "$old" = "$new" ] && mark=. || mark=new
        printf '%-7s' "$mark"
    done | sed 's/ *$//'
    echo
}
# show
ls /proc/self/ns
readlink /proc/self/ns/uts
unshare --uts readlink /proc/self/ns/uts
readlink /proc/self/ns/uts
printf '%-10s%-7s%-7s%-7s%-7s%-7s%-7s%-7s%s\n' flag cgroup ipc mnt net pid time user uts
for flag in --cgroup --ipc --mount --net --pid --time --user --uts; do
    unshare --fork "$flag" sh links.sh | compare "$flag"
done
