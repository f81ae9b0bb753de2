# /// snippet
# lab = "namespace"
# browser = true
# proves = "A new cgroup namespace is another view whose root is the cgroup that the process already is in."
# ///
outside=$(readlink /proc/self/ns/cgroup)
inside=$(unshare --cgroup readlink /proc/self/ns/cgroup)
[ "$inside" != "$outside" ] && echo 'another cgroup namespace'
unshare --cgroup cat /proc/self/cgroup | cut --delimiter : --fields 3 | sort --unique
