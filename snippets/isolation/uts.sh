# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "UTS 네임스페이스 안에서 정한 호스트네임과 NIS 도메인 이름은 밖에서 보이지 않는다.", en = "A hostname and a NIS domain name set inside a UTS namespace are not seen outside it." }
# ///
hostname
unshare --uts bash <<'jail'
hostname jail
domainname nis.example
hostname
domainname
jail
hostname
domainname | grep nis.example  # ? 1
