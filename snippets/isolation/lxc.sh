# /// snippet
# lab = "machine"
# proves = { ko = "LXC는 자기 init을 가진 시스템 컨테이너를 만들고, 시작하고, 들어가고, 멈춘다.", en = "LXC makes, starts, enters and stops a system container with an init of its own." }
# timeout = 300
# leaves = ["cgroup", "file", "mount"]
# ///
# hide
mount -t securityfs securityfs /sys/kernel/security
# show
printf '%s\n' 'lxc.net.0.type = empty' 'lxc.apparmor.profile = unconfined' > config
lxc-create --name web --template busybox --config config
lxc-start --name web
lxc-attach --name web -- cat /proc/1/comm
lxc-attach --name web -- hostname
lxc-stop --name web
lxc-info --name web --state
