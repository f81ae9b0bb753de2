import contextlib
import os
import stat
import subprocess
import time

subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/mnt"])
held = []
nodes = {"memory": (1, 1), "kernel": (1, 2), "ports": (1, 4), "log": (1, 11)}
for name, (major, minor) in nodes.items():
    with contextlib.suppress(OSError):
        os.mknod(f"/mnt/{name}", stat.S_IFCHR | 0o666, os.makedev(major, minor))
with contextlib.suppress(OSError):
    os.mknod("/mnt/disk", stat.S_IFBLK | 0o666, os.makedev(int("@MAJOR@"), int("@MINOR@")))
for directory in ("/mnt", "/dev"):
    for name in (*nodes, "disk", "mem", "kmem", "port", "sda", "vda", "nvme0n1", "loop0"):
        with contextlib.suppress(OSError):
            held.append(os.open(f"{directory}/{name}", os.O_RDONLY | os.O_NONBLOCK))
for name in ("kcore", "kmsg"):
    with contextlib.suppress(OSError):
        held.append(os.open(f"/proc/{name}", os.O_RDONLY | os.O_NONBLOCK))
time.sleep(0.5)
