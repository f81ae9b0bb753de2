# /// snippet
# lab = "none"
# proves = { ko = "Docker Desktop에서 컨테이너의 커널은 컴퓨터의 것이 아니라 리눅스 가상 머신의 것이다.", en = "On Docker Desktop the container's kernel is that of a Linux virtual machine, not of the computer." }
# reason = { ko = "Mac의 Docker Desktop이 필요하다. 이 사이트의 랩에서는 돌릴 수 없다.", en = "Needs Docker Desktop on a Mac, which this site's lab cannot run." }
# source = "https://docs.docker.com/desktop/features/vmm/"
# ///
uname -s
docker run --rm alpine uname -s
docker context ls
docker info -f '{{.OperatingSystem}} / {{.KernelVersion}}'
