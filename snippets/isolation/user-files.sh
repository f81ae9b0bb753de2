# /// snippet
# lab = "namespace"
# proves = "All capabilities in a user namespace do not open a file whose owner the namespace does not map."
# ///
unshare --user --map-root-user bash <<'jail'
id --user
capsh --has-p=cap_dac_override && echo 'has CAP_DAC_OVERRIDE'
touch own && chmod 0 own && cat own && echo 'own file: read'
stat --format '%U %a' /proc/slabinfo
cat /proc/slabinfo  # ? 1
jail
