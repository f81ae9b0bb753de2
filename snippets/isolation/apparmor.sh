# /// snippet
# lab = "machine"
# proves = { ko = "AppArmor 프로파일은 캐퍼빌리티를 모두 가진 root에게도 경로에 쓰는 일과 마운트를 거절한다.", en = "An AppArmor profile refuses root with all capabilities to write below a path, and to mount." }
# timeout = 120
# leaves = ["mount"]
# ///
mount -t securityfs securityfs /sys/kernel/security
grep --only-matching apparmor /sys/kernel/security/lsm
cat > careful <<'end'
abi <abi/4.0>,
profile careful {
  file,
  capability,
  deny /root/secret/** w,
  deny mount,
}
end
apparmor_parser --replace careful
mkdir secret data
aa-exec --profile=careful sh <<'confined'
id -u
cat /proc/self/attr/current
echo x > data/file
echo x > secret/file # ? 2
busybox mount -t tmpfs tmpfs data # ? 255
confined
echo x > secret/file
