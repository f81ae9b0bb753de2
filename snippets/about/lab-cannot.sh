# /// snippet
# lab = "namespace"
# proves = { ko = "네임스페이스 랩에는 블록 장치가 없고, 커널은 호스트의 것이어서 root도 바꾸지 못한다.", en = "The namespace lab has no block device, and its kernel is the host's, which root cannot change." }
# browser = { ko = "이 랩이 거절하는 것을 그 머신의 root는 할 수 있다. `/sys/fs/cgroup`도 있다", en = "root of its machine may do what this lab refuses, and `/sys/fs/cgroup` is there" }
# ///
find /dev -type b | wc -l
ls /sys/fs/cgroup # ? 2
sysctl -w kernel.threads-max=1000 # ? 1
