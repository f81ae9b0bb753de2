# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "새 네임스페이스 여덟에 든 프로세스도 커널, 메모리, 프로세서, 부팅이 그 머신의 것 그대로다.", en = "A process in eight new namespaces still has the kernel, the memory, the processors and the boot of the machine." }
# ///
# hide
cat > facts.sh <<'end'
uname --kernel-release --kernel-version
grep MemTotal /proc/meminfo
grep processor /proc/cpuinfo
cat /proc/sys/kernel/random/boot_id
end
# show
cat facts.sh
sh facts.sh > outside
unshare --user --map-root-user --mount --uts --ipc --net --pid --cgroup --time --fork bash <<'jail'
echo "PID $$"
hostname jail
hostname
sh facts.sh | cmp - outside && echo 'the same machine'
jail
hostname
