# /// snippet
# lab = "namespace"
# browser = true
# proves = "A hostname and a NIS domain name set inside a UTS namespace are not seen outside it."
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
