# /// snippet
# lab = "namespace"
# browser = true
# proves = "Without a map every process in a user namespace is nobody; with one it is root with all capabilities, yet not over the machine."
# ///
unshare --user bash <<'unmapped'
id --user --name
grep CapEff /proc/self/status
unmapped
unshare --user --map-root-user bash <<'mapped'
id --user --name
capsh --has-p=cap_sys_admin && echo 'has CAP_SYS_ADMIN'
mknod disk b 8 0  # ? 1
mapped
