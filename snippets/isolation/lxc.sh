# /// snippet
# lab = "none"
# proves = { ko = "LXC는 시스템 컨테이너를 만들고, 시작하고, 들어가고, 멈춘다.", en = "LXC makes, starts, enters and stops a system container." }
# reason = { ko = "이미지를 내려받을 네트워크와 진짜 root가 필요하다. 네임스페이스 랩에는 둘 다 없다.", en = "Needs a network to fetch an image, and real root. The namespace lab has neither." }
# source = "https://linuxcontainers.org/lxc/getting-started/"
# ///
lxc-create --name web --template download -- --dist debian --release trixie --arch amd64
lxc-start --name web
lxc-info --name web
lxc-attach --name web -- ps -e
lxc-stop --name web
