import contextlib
import ctypes
import os

libc = ctypes.CDLL(None)
PTRACE_SEIZE, PTRACE_O_EXITKILL = 0x4206, 0x100000
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
libc.ptrace(PTRACE_SEIZE, int("@PID@"), None, PTRACE_O_EXITKILL)
with contextlib.suppress(OSError):
    os.open("/proc/@PID@/mem", os.O_RDWR)
