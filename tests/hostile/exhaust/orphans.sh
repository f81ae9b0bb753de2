# Outlive the seat: the first process shall not die with it (PR_SET_PDEATHSIG, cleared by ptrace),
# and the kernel, short of memory, shall end the seat and nothing else.
cat > orphans.py <<'EOF'
import contextlib
import ctypes
import os
from pathlib import Path

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
SEIZE, INTERRUPT, GET, SET, STEP, DETACH = 0x4206, 0x4207, 12, 13, 9, 17
RIP, RAX, ORIG_RAX, RDI, RSI = 16, 10, 15, 14, 13
PRCTL, PR_SET_PDEATHSIG = 157, 1

if libc.ptrace(SEIZE, 1, None, None) == 0:
    libc.ptrace(INTERRUPT, 1, None, None)
    os.waitpid(1, 0x40000000)
    registers = (ctypes.c_ulong * 27)()
    libc.ptrace(GET, 1, None, registers)
    before = list(registers)
    registers[RAX], registers[RDI], registers[RSI] = PRCTL, PR_SET_PDEATHSIG, 0
    registers[RIP], registers[ORIG_RAX] = before[RIP] - 2, 2**64 - 1
    libc.ptrace(SET, 1, None, registers)
    libc.ptrace(STEP, 1, None, None)
    os.waitpid(1, 0x40000000)
    libc.ptrace(SET, 1, None, (ctypes.c_ulong * 27)(*before))
    libc.ptrace(DETACH, 1, None, None)
for process in Path("/proc").glob("[0-9]*"):
    with contextlib.suppress(OSError):
        (process / "oom_score_adj").write_text("0")
libc.umount2(b"/proc", 2)  # MNT_DETACH
for process in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
    with contextlib.suppress(OSError):
        if (process / "comm").read_text() == "tcc\n":
            (process / "oom_score_adj").write_text("1000")
EOF
python3 orphans.py
python3 -c '[open("/tmp/filler", "ab").write(bytes(100_000)) for _ in range(1000)]'; sleep 60 # ? *
