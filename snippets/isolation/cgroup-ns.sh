# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "새 cgroup 네임스페이스는 프로세스가 이미 속한 cgroup을 루트로 삼는 다른 시야다.", en = "A new cgroup namespace is another view whose root is the cgroup that the process already is in." }
# ///
outside=$(readlink /proc/self/ns/cgroup)
inside=$(unshare --cgroup readlink /proc/self/ns/cgroup)
[ "$inside" != "$outside" ] && echo 'another cgroup namespace'
unshare --cgroup cat /proc/self/cgroup | cut --delimiter : --fields 3 | sort --unique
