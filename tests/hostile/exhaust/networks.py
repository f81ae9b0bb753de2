# Network namespaces, each of which has tables and a loopback device of its own.
import contextlib
import ctypes
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
kept = []
with contextlib.suppress(OSError):
    for _ in range(150):
        if libc.unshare(0x40000000):  # CLONE_NEWNET
            break
        kept.append(os.open("/proc/self/ns/net", os.O_RDONLY))
time.sleep(1)
