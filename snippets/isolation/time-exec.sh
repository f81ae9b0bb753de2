# /// snippet
# lab = "namespace"
# proves = { ko = "최근 커널에서는 execve도 unshare를 부른 쪽을 그가 만든 시간 네임스페이스로 옮긴다.", en = "On a recent kernel execve, too, moves the caller of unshare into the time namespace that it made." }
# volatile = ["namespace-id"]
# browser = true
# ///
readlink /proc/self/ns/time
unshare --time readlink /proc/self/ns/time
