# /// snippet
# lab = "machine"
# proves = { ko = "새 네임스페이스 안의 커널은 호스트의 커널이고, gVisor 안의 커널은 gVisor의 것이다.", en = "A process in new namespaces has the host's kernel; one in gVisor has gVisor's." }
# volatile = ["kernel"]
# values = { host = "\\A(\\S+)", container = "\\A\\S+\\n(\\S+)", gvisor = "\\A\\S+\\n\\S+\\n(\\S+)" }
# holds = ["host == container", "host != gvisor"]
# timeout = 240
# ///
uname -r
unshare --mount --uts --ipc --net --pid --cgroup --fork uname -r
# shellcheck disable=SC1010 # a word of runsc
runsc --platform=ptrace --network=none --ignore-cgroups do /bin/uname -r
