# /// snippet
# lab = "namespace"
# browser = true
# proves = "An ordinary user loses capabilities at execve, unless they are in the ambient set."
# ///
unshare --user --map-user=1000 --map-group=1000 grep -E 'Cap(Eff|Amb)' /proc/self/status
unshare --user --map-user=1000 --map-group=1000 --keep-caps grep -E 'Cap(Eff|Amb)' /proc/self/status
