# /// snippet
# lab = "namespace"
# proves = { ko = "Docker가 나오기 전에 리눅스에 있던 네임스페이스 다섯 가지만으로 프로세스는 자기 호스트네임과 PID 1과 빈 네트워크를 갖는다.", en = "The five kinds of namespace that Linux had before Docker began give a process its own hostname, PID 1 and an empty network." }
# volatile = ["columns"]
# browser = true
# ///
unshare --mount --uts --ipc --net --pid --fork --mount-proc bash <<'container'
hostname container && hostname
ps -o pid=,comm=
ip -oneline link | cut -d : -f 2
container
hostname
