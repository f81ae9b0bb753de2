# /// snippet
# lab = "namespace"
# proves = { ko = "사용자 네임스페이스의 모든 캐퍼빌리티로도, 소유자가 매핑되지 않은 파일은 열지 못한다.", en = "All capabilities in a user namespace do not open a file whose owner the namespace does not map." }
# browser = { ko = "그 커널에는 `/proc/slabinfo`가 없다", en = "its kernel has no `/proc/slabinfo`" }
# ///
unshare --user --map-root-user bash <<'jail'
id --user
capsh --has-p=cap_dac_override && echo 'has CAP_DAC_OVERRIDE'
touch own && chmod 0 own && cat own && echo 'own file: read'
stat --format '%U %a' /proc/slabinfo
cat /proc/slabinfo  # ? 1
jail
