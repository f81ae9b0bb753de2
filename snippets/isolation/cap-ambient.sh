# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "일반 사용자는 execve에서 캐퍼빌리티를 잃는다. 앰비언트 세트에 있는 캐퍼빌리티만 남는다.", en = "An ordinary user loses capabilities at execve, unless they are in the ambient set." }
# ///
unshare --user --map-user=1000 --map-group=1000 grep -E 'Cap(Eff|Amb)' /proc/self/status
unshare --user --map-user=1000 --map-group=1000 --keep-caps grep -E 'Cap(Eff|Amb)' /proc/self/status
