# /// snippet
# lab = "namespace"
# browser = true
# proves = { ko = "네임스페이스 8개를 모두 새로 만들어도 커널, 메모리, 프로세서, 부팅은 머신과 같다.", en = "A process in eight new namespaces still has the kernel, the memory, the processors and the boot of the machine." }
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
