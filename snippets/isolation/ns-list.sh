# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "unshare의 플래그 하나는 프로세스의 여덟 네임스페이스 가운데 정확히 하나를 바꾼다.", en = "Each unshare flag replaces exactly one of the eight namespaces of a process." }
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
