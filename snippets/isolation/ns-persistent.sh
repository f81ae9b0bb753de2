# /// snippet
# lab = "namespace"
# proves = { ko = "lsns는 프로세스가 없어도 바인드 마운트가 붙들고 있는 네임스페이스를 찾아낸다.", en = "lsns finds a namespace without any process, if a bind mount holds it." }
# browser = { ko = "그 머신의 `lsns`는 `--persistent`가 생기기 전의 것이다", en = "its `lsns` is older than the option `--persistent`" }
# ///
touch kept
unshare --uts=kept true
lsns --type uts --persistent --noheadings --output TYPE,NPROCS
umount kept
lsns --type uts --persistent --noheadings --output TYPE,NPROCS
