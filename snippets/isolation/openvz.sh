# /// snippet
# lab = "none"
# proves = { ko = "vzctl은 OpenVZ 컨테이너를 번호로 만들고, 시작하고, 들어간다.", en = "vzctl makes, starts and enters an OpenVZ container by its number." }
# reason = { ko = "OpenVZ의 패치가 들어간 리눅스 커널이 필요하다.", en = "Needs a Linux kernel with the OpenVZ patches." }
# source = "https://manpages.ubuntu.com/manpages/bionic/en/man8/vzctl.8.html"
# ///
vzctl create 101 --ostemplate debian-7.0-x86_64
vzctl set 101 --hostname web --ipadd 192.0.2.101 --save
vzctl start 101
vzctl exec 101 ps ax
vzctl suspend 101
vzctl resume 101
