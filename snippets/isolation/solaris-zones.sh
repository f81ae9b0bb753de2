# /// snippet
# lab = "none"
# proves = { ko = "zone은 전역 zone에서 세 도구로 설정하고, 설치하고, 부팅하고, 들어간다.", en = "A zone is configured, installed, booted and entered from the global zone with three tools." }
# reason = { ko = "Solaris 커널이 필요하다. 이 사이트의 랩은 리눅스 커널에서만 동작한다.", en = "Needs a Solaris kernel; this site's labs run on a Linux kernel only." }
# source = "https://docs.oracle.com/cd/E19253-01/817-1592/6mhahup1p/index.html"
# ///
zonecfg -z my-zone 'create; set zonepath=/zones/my-zone'
zoneadm -z my-zone install
zoneadm -z my-zone boot
zoneadm list -v
zlogin -C my-zone
