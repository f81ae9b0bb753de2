# /// snippet
# lab = "namespace"
# proves = { ko = "기본 Docker 컨테이너의 캐퍼빌리티 마스크에는 커널의 캐퍼빌리티 가운데 14개가 있고, SYS_ADMIN과 NET_ADMIN은 없다.", en = "The capability mask of a default Docker container has 14 of the kernel's capabilities, without SYS_ADMIN and NET_ADMIN." }
# browser = true
# ///
import textwrap

mask = 0x00000000A80425FB  # CapEff of a default container
names = [
    "CHOWN",
    "DAC_OVERRIDE",
    "DAC_READ_SEARCH",
    "FOWNER",
    "FSETID",
    "KILL",
    "SETGID",
    "SETUID",
    "SETPCAP",
    "LINUX_IMMUTABLE",
    "NET_BIND_SERVICE",
    "NET_BROADCAST",
    "NET_ADMIN",
    "NET_RAW",
    "IPC_LOCK",
    "IPC_OWNER",
    "SYS_MODULE",
    "SYS_RAWIO",
    "SYS_CHROOT",
    "SYS_PTRACE",
    "SYS_PACCT",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_NICE",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "MKNOD",
    "LEASE",
    "AUDIT_WRITE",
    "AUDIT_CONTROL",
    "SETFCAP",
    "MAC_OVERRIDE",
    "MAC_ADMIN",
    "SYSLOG",
    "WAKE_ALARM",
    "BLOCK_SUSPEND",
    "AUDIT_READ",
    "PERFMON",
    "BPF",
    "CHECKPOINT_RESTORE",
]  # bits 0 to 40, in the order of linux/capability.h
kept = [name for bit, name in enumerate(names) if mask >> bit & 1]
print(len(kept), "of", len(names))
print(textwrap.fill(", ".join(kept), 64))
for name in "SYS_ADMIN", "NET_ADMIN", "SYS_MODULE", "SYS_PTRACE":
    print(name, "kept" if name in kept else "dropped")
