# /// snippet
# lab = "none"
# proves = "A cgroup can be frozen, thawed and killed as a whole, and no file starts a process."
# reason = { ko = "진짜 root와 cgroup v2 파일 시스템이 필요하다. 이 사이트의 네임스페이스 랩은 cgroup 마운트를 거절당하며, 가상 머신 랩은 뒤에 생긴다.", en = "Needs real root and a cgroup v2 file system. This site's namespace lab may not mount one; the machine lab comes later." }
# source = "https://docs.kernel.org/admin-guide/cgroup-v2.html"
# ///
echo 1 > /sys/fs/cgroup/demo/cgroup.freeze
cat /sys/fs/cgroup/demo/cgroup.events
echo 0 > /sys/fs/cgroup/demo/cgroup.freeze
echo 1 > /sys/fs/cgroup/demo/cgroup.kill
rmdir /sys/fs/cgroup/demo
