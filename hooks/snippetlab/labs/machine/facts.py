"""Facts about a bash that runs: there what facts.c is elsewhere. Part of the agent's text, as
follow.py, and of a test's.
"""

import contextlib
import os
import re
import struct
import sys
from pathlib import Path

_KNOWN = {
    "status": "last_command_exit_value",
    "unfinished": "current_command_line_count",
    "executing": "executing",
    "line": "line_number",
    "job": "last_asynchronous_pid",
}
"""What is asked for → bash's variable, an int that it exports."""
_AT_PHDR, _DYNSYM, _FIXED = 3, 11, 2  # <elf.h>: AT_PHDR, SHT_DYNSYM, ET_EXEC

_programs: dict[tuple[int, int], "tuple[dict[str, int], int] | None"] = {}


def facts_of(program: str) -> "tuple[dict[str, int], int] | None":
    """Where bash's variables are, from where it was loaded; and its headers, 0 if it is fixed.

    None of a program that is no bash. What was found of a file is kept.
    """
    with open(program, "rb") as file:  # noqa: PTH123 - /proc/PID/exe is no path
        about = os.fstat(file.fileno())
        key = about.st_dev, about.st_ino
        if key not in _programs:
            with contextlib.suppress(struct.error, IndexError):
                _programs[key] = None
                _programs[key] = _found_in(file.read())
        return _programs[key]


def _found_in(data: bytes) -> "tuple[dict[str, int], int] | None":
    """See elf(5); a machine has 64 bits."""
    if data[:5] != b"\x7fELF\x02":
        return None
    (kind,) = struct.unpack_from("H", data, 0x10)
    headers, table = struct.unpack_from("QQ", data, 0x20)
    size, number = struct.unpack_from("HH", data, 0x3A)
    rows = [struct.unpack_from("IIQQQQII", data, table + n * size) for n in range(number)]
    facts: dict[str, int] = {}
    for row in (row for row in rows if row[1] == _DYNSYM):
        names = data[rows[row[6]][4] :][: rows[row[6]][5]]
        # A name may be the end of a longer one.
        places = {
            found.start(): fact
            for fact, name in _KNOWN.items()
            for found in re.finditer(f"{name}\0".encode(), names)
        }
        symbols = data[row[4] :][: row[5] // 24 * 24]
        for name, _, _, section, value, _ in struct.iter_unpack("IBBHQQ", symbols):
            if name in places and section:
                facts[places[name]] = value
    return (facts, 0 if kind == _FIXED else headers) if len(facts) == len(_KNOWN) else None


class Bash:
    """One that runs, once it has been looked into."""

    def __init__(self) -> None:
        self._memory = -1
        self._facts: dict[str, int] = {}

    @property
    def known(self) -> bool:
        return self._memory >= 0

    def find(self, descriptor: int) -> bool:
        """Find the process that reads this pipe, and waits for more."""
        pipe = os.fstat(descriptor)
        for pid in filter(str.isdigit, os.listdir("/proc")):  # noqa: PTH208
            with contextlib.suppress(OSError):
                its = Path(f"/proc/{pid}/fd/0").stat()
                same = (its.st_dev, its.st_ino) == (pipe.st_dev, pipe.st_ino)
                if same and self.look_into(int(pid)):
                    if not self.fact("executing"):
                        return True
                    self.close()
        return False

    def look_into(self, pid: int) -> bool:
        """Look into a process; whether it is bash."""
        found = facts_of(f"/proc/{pid}/exe")
        if not found:
            return False
        facts, headers = found
        loaded = _headers(pid) - headers if headers else 0
        self._facts = {name: place + loaded for name, place in facts.items()}
        self._memory = os.open(f"/proc/{pid}/mem", os.O_RDWR | os.O_CLOEXEC)
        return True

    def fact(self, name: str) -> int:
        """A number that bash holds."""
        value = os.pread(self._memory, 4, self._facts[name])
        return int.from_bytes(value, sys.byteorder, signed=True)

    def set_back(self, lines: int) -> None:
        """Have it count so many lines less."""
        if lines and self.known:
            number = struct.pack("i", self.fact("line") - lines)
            os.pwrite(self._memory, number, self._facts["line"])

    def close(self) -> None:
        """Look no more."""
        if self._memory >= 0:
            os.close(self._memory)
            self._memory = -1


def _headers(pid: int) -> int:
    """Where a process has its program headers: getauxval(3)."""
    with open(f"/proc/{pid}/auxv", "rb") as file:  # noqa: PTH123
        pairs = dict(struct.iter_unpack("QQ", file.read()))
    return int(pairs[_AT_PHDR])
