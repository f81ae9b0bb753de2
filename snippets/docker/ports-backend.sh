# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "Docker 28은 iptables 명령으로 규칙을 적고, iptables-nft는 그 규칙을 nftables에 적는다. Docker 28에는 nftables를 직접 쓰는 방식이 없다.", en = "Docker 28 writes its rules with the command iptables, and iptables-nft writes them into nftables. Docker 28 cannot use nftables itself." }
# volatile = ["container-id", "version"]
# timeout = 240
# leaves = ["container"]
# ///
# step: version
iptables --version
# step: run
docker run --detach --name web --publish 8080:80 busybox httpd -f -p 80
# step: iptables
iptables --table nat --list-rules DOCKER
# step: nft
nft list chain ip nat DOCKER
# step: flag
dockerd --firewall-backend nftables --validate 2>&1 | head -n 1
