# /// snippet
# lab = "docker"
# versions = ["28", "26"]
# proves = { ko = "기본 Docker 컨테이너의 캐퍼빌리티 마스크에는 커널의 캐퍼빌리티 가운데 14개가 있고, SYS_ADMIN과 NET_ADMIN은 없다.", en = "The capability mask of a default Docker container has 14 of the kernel's capabilities, without SYS_ADMIN and NET_ADMIN." }
# values = { mask = '^CapEff:\s+([0-9a-f]{16})', kept = '^(\d+) of \d+$', all = '^\d+ of (\d+)$' }
# timeout = 240
# ///
docker run --rm busybox grep CapEff /proc/self/status | tee mask
capsh --decode="$(cut -f 2 mask)" | cut -d = -f 2 | tr , '\n' > kept
echo "$(wc -l < kept) of $(($(cat /proc/sys/kernel/cap_last_cap) + 1))"
paste -s -d ' ' kept | fold -s -w 64
grep -E 'sys_admin|net_admin|sys_module|sys_ptrace' kept  # ? 1
