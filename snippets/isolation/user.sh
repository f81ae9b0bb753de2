# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "매핑이 없으면 사용자 네임스페이스의 모든 프로세스가 nobody다. 매핑이 있으면 모든 캐퍼빌리티를 가진 root이지만 머신의 root는 아니다.", en = "Without a map every process in a user namespace is nobody; with one it is root with all capabilities, yet not over the machine." }
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
