# /// snippet
# lab = "machine"
# proves = "A process in new namespaces has the host's kernel, one in gVisor has gVisor's, and one in a virtual machine a kernel that booted by itself."
# volatile = ["kernel", "uuid", "timestamp"]
# values = { host = "\\A(\\S+)", container = "\\A\\S+\\n(\\S+)", gvisor = "\\A\\S+\\n\\S+\\n(\\S+)" }
# holds = ["host == container", "host != gvisor"]
# timeout = 240
# ///
uname -r
unshare --mount --uts --ipc --net --pid --cgroup --fork uname -r
runsc --platform=ptrace --network=none --ignore-cgroups do /bin/uname -r
