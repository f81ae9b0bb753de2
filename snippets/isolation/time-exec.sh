# /// snippet
# lab = "namespace"
# proves = "On a recent kernel execve, too, moves the caller of unshare into the time namespace that it made."
# volatile = ["namespace-id"]
# ///
readlink /proc/self/ns/time
unshare --time readlink /proc/self/ns/time
