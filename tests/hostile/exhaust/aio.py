# Contexts of asynchronous I/O, of which the kernel has fs.aio-max-nr for all: io_setup(2).
import ctypes
import os
import time

libc = ctypes.CDLL(None)
io_setup = 206 if os.uname().machine == "x86_64" else 0
for _ in range(20):
    libc.syscall(io_setup, 1000, ctypes.byref(ctypes.c_ulong()))
time.sleep(1)
