"""A snippet is root of its stage and may change its first process; the engine must not hang."""

import platform
from pathlib import Path
from unittest import mock

import pytest

from snippetlab import bash
from snippetlab.errors import EngineError
from snippetlab.laboratory import Laboratory
from snippetlab.labs import namespace
from snippetlab.leaks import CURES
from snippetlab.program import Program
from tests.hostile import weak

# Has PID 1 close its descriptors one after another, by changing its registers (ptrace(2), x86-64).
TAMPER = """\
cat > tamper.py <<'EOF'
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
registers = (ctypes.c_ulong * 27)()
RIP, RAX, ORIG_RAX, RDI = 16, 10, 15, 14
assert libc.ptrace(16, 1, None, None) == 0, os.strerror(ctypes.get_errno())
os.waitpid(1, 0x40000000)
libc.ptrace(12, 1, None, registers)
before = list(registers)
for descriptor in map(int, os.listdir("/proc/1/fd")):
    if "pipe" not in os.readlink(f"/proc/1/fd/{descriptor}"):
        continue
    registers[RAX], registers[RDI], registers[RIP] = 3, descriptor, before[RIP] - 2
    registers[ORIG_RAX] = 2**64 - 1
    libc.ptrace(13, 1, None, registers)
    libc.ptrace(9, 1, None, None)
    os.waitpid(1, 0x40000000)
print(sorted(os.readlink(f"/proc/1/fd/{fd}")[:4] for fd in os.listdir("/proc/1/fd")))
libc.ptrace(13, 1, None, (ctypes.c_ulong * 27)(*before))
libc.ptrace(17, 1, None, None)
EOF
python3 tamper.py > said; cat said; exec > /dev/null 2>&1; sleep 60
"""


@pytest.mark.skipif(platform.machine() != "x86_64", reason="registers are those of x86-64")
def test_an_init_that_closes_the_output_does_not_hang_the_engine(laboratory: Laboratory) -> None:
    lab = weak.lab(laboratory.image)
    path = Path("x.sh")
    program = Program(path, bash.parse(path, TAMPER), {}, 3, leaves=frozenset(CURES))
    with mock.patch.object(namespace, "_SECONDS", 2), pytest.raises(EngineError) as caught:
        lab.run([program])  # without these seconds it would be for ever
    assert "AssertionError" not in str(caught.value)
    ordinary = Program(path, bash.parse(path, "echo fine\n"), {}, 60)
    assert lab.run([ordinary])[0].steps[0].output == b"fine\n"
    lab.close()
