import ctypes
import os
import pathlib

(agents,) = (fd for fd in os.listdir("/proc/1/fd") if "vport" in os.readlink(f"/proc/1/fd/{fd}"))
SYS_pidfd_getfd = 438
port = ctypes.CDLL(None).syscall(SYS_pidfd_getfd, os.pidfd_open(1), int(agents), 0)
os.set_blocking(port, True)
os.write(port, b"O" + b"\xff" * 4)
for _ in range(400):
    os.write(port, bytes(100_000))
pathlib.Path("/proc/sysrq-trigger").write_text("o")
