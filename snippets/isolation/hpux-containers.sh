# /// snippet
# lab = "none"
# proves = { ko = "HP-UX Containers는 시스템마다 한 번 켜고, 전역 뷰에서 하나씩 시작하고 멈춘다.", en = "HP-UX Containers are enabled once per system, then started and stopped one by one from the global view." }
# reason = { ko = "HP-UX 11i v3 커널이 필요하다. 이 사이트의 랩은 리눅스 커널에서만 동작한다.", en = "Needs an HP-UX 11i v3 kernel; this site's labs run on a Linux kernel only." }
# source = "http://www.manualshelf.com/manual/hp/hp-ux-containers-srp/hp-ux-secure-resource-partitions-srp-a0201-administrators-guide/page-71.html"
# ///
srp_sys -setup
srp -start c1
srp -stop c1
