# /// snippet
# lab = "namespace"
# browser = true
# proves = "Namespaces alone leave root all its capabilities; without CAP_SYS_ADMIN root can no longer mount or set the host name."
# ///
unshare --mount --uts /bin/sh <<'container'
mount -t tmpfs none /mnt
hostname container
container
unshare --mount --uts capsh --drop=cap_sys_admin --shell=/bin/sh -- -c 'mount -t tmpfs none /mnt'  # ? 32
unshare --mount --uts capsh --drop=cap_sys_admin --shell=/bin/sh -- -c 'hostname container'  # ? 1
