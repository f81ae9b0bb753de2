# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "네임스페이스만으로는 root의 캐퍼빌리티가 모두 남는다. CAP_SYS_ADMIN이 없으면 root도 마운트하거나 호스트네임을 바꾸지 못한다.", en = "Namespaces alone leave root all its capabilities; without CAP_SYS_ADMIN root can no longer mount or set the host name." }
# ///
unshare --mount --uts /bin/sh <<'container'
mount -t tmpfs none /mnt
hostname container
container
unshare --mount --uts capsh --drop=cap_sys_admin --shell=/bin/sh -- -c 'mount -t tmpfs none /mnt'  # ? 32
unshare --mount --uts capsh --drop=cap_sys_admin --shell=/bin/sh -- -c 'hostname container'  # ? 1
