"""Follows shells in a virtual machine: there what follow.c is elsewhere, which says how and why.

The machine gets it in one text with the agent (see snapshot.py), so it imports nothing of the
engine either. A plan comes as plan.py writes it.
"""

import contextlib
import fcntl
import os
import re
import select
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

PAGE = 4096
_KNOWN = {
    "status": "last_command_exit_value",
    "unfinished": "current_command_line_count",
    "executing": "executing",
    "line": "line_number",
    "job": "last_asynchronous_pid",
}
"""What is asked for → bash's variable, an int that it exports."""
_AT_PHDR, _DYNSYM, _FIXED = 3, 11, 2  # <elf.h>: AT_PHDR, SHT_DYNSYM, ET_EXEC
_TO_GIVE, _AWAITED, _REPORTED = range(3)

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


def _pipe(path: str) -> int:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)  # noqa: PTH108
    os.mkfifo(path, 0o600)
    low = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    # Out of the way of the numbers that shells are to get.
    pipe = fcntl.fcntl(low, fcntl.F_DUPFD_CLOEXEC, 32)
    os.close(low)
    fcntl.fcntl(pipe, 1031, PAGE)  # F_SETPIPE_SZ
    return pipe


class Shell:
    """One that is fed, or reports by itself."""

    def __init__(self, path: str, kind: str) -> None:
        self.reports_itself = kind == "r"
        self.pipe = _pipe(f"{path}r" if self.reports_itself else path)
        self.answers = _pipe(f"{path}a") if self.reports_itself else -1
        self.rest = b"\0"
        self.asks = False
        """Whether it has run all that it was given."""
        self.said = b""
        self._memory = -1
        self._facts: dict[str, int] = {}

    def give(self, text: bytes, *, more: bool = True) -> None:
        """A NUL goes along behind the text, where more will follow."""
        self.rest = text + b"\0" * more
        self.asks = False

    def feed(self, *, closes: bool = False) -> None:
        """Give it as much as there is room for now."""
        with contextlib.suppress(BlockingIOError):
            while self.rest:
                self.rest = self.rest[os.write(self.pipe, self.rest[:PAGE]) :]
            if closes:
                self.shut()

    def hear(self) -> None:
        """Take what it reports: a line."""
        with contextlib.suppress(BlockingIOError):
            while not self.said.endswith(b"\n"):
                self.said += os.read(self.pipe, 1)
            self.asks = True

    def answer(self, text: bytes = b"") -> None:
        self.asks = False
        self.said = b""
        os.write(self.answers, text + b"\n")

    def shut(self) -> None:
        """It gets no more."""
        if self.reports_itself:
            self.answer()
        elif self.pipe >= 0:
            os.close(self.pipe)
            self.pipe = -1

    def close(self) -> None:
        for descriptor in (self.pipe, self.answers, self._memory):
            if descriptor >= 0:
                os.close(descriptor)

    @property
    def known(self) -> bool:
        return self._memory >= 0

    def find(self) -> bool:
        """Find the process that reads its pipe, and waits for more."""
        pipe = os.fstat(self.pipe)
        for pid in filter(str.isdigit, os.listdir("/proc")):  # noqa: PTH208
            with contextlib.suppress(OSError):
                its = Path(f"/proc/{pid}/fd/0").stat()
                same = (its.st_dev, its.st_ino) == (pipe.st_dev, pipe.st_ino)
                if same and self.look_into(int(pid)):
                    if not self.fact("executing"):
                        return True
                    os.close(self._memory)
                    self._memory = -1
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


def _headers(pid: int) -> int:
    """Where a process has its program headers: getauxval(3)."""
    with open(f"/proc/{pid}/auxv", "rb") as file:  # noqa: PTH123
        pairs = dict(struct.iter_unpack("QQ", file.read()))
    return int(pairs[_AT_PHDR])


class Portion:
    """See plan.py."""

    def __init__(self, numbers: bytes, report: bytes, give: bytes) -> None:
        self.shell, self.awaits, self.back, self.closes, self.waits = map(int, numbers.split())
        self.report = report.decode()
        self.give = give


class Followed:
    """A script that is followed by its plan; the current directory is the home."""

    def __init__(self, plan: bytes) -> None:
        texts = iter(plan.split(b"\0"))
        directory, self.name = next(texts).decode(), next(texts).decode()
        self._nonce = next(texts)
        self.apart = bool(next(texts))
        self.pid = 0
        """Of the script's own shell."""
        Path(directory).mkdir(parents=True, exist_ok=True)
        # The script may be one of the files there.
        self._kept = f".{self.name}.kept"
        with contextlib.suppress(FileNotFoundError):
            Path(self.name).rename(self._kept)
        kinds = [next(texts).decode() for _ in range(int(next(texts)))]
        self._shells = [
            Shell(f"{directory}/{n}" if n else self.name, kind) for n, kind in enumerate(kinds)
        ]
        self._portions = [
            Portion(*(next(texts) for _ in range(3))) for _ in range(int(next(texts)))
        ]
        self.at_terminal = kinds[0] == "t"
        """Whether the script's own shell is."""
        self._current = 0
        self._state = _TO_GIVE
        self._begun = False
        self._job = -1

    def close(self) -> None:
        for shell in self._shells:
            shell.close()
        if self._job >= 0:
            os.close(self._job)

    @property
    def reported(self) -> bool:
        """Whether an answer is awaited."""
        return self._state == _REPORTED

    @property
    def runs(self) -> bool:
        """Whether a step is under way."""
        return self._state == _AWAITED

    @property
    def complete(self) -> bool:
        """Whether all that was to be reported has been."""
        return not any(portion.report for portion in self._portions[self._current :])

    def watched(self) -> Iterator[tuple[int, int]]:
        """What is to be polled, and for what."""
        for shell in self._shells:
            if shell.pipe >= 0 and not shell.asks:
                yield shell.pipe, select.POLLIN if shell.reports_itself else select.POLLOUT
        if self._job >= 0 and self._now.awaits:
            yield self._job, select.POLLIN

    def attend(self, ready: set[int]) -> str:
        """Follow what has happened; the report that is due now, or an empty one."""
        if self._current >= len(self._portions):
            return ""
        for shell in self._shells:
            if shell.pipe in ready and not shell.asks:
                self._serve(shell)
        if self._state == _TO_GIVE:
            self._begin()
        if self._state != _AWAITED:
            return ""
        now = self._now
        if self._shells[now.awaits].asks:
            return self._told_by(now.awaits, now.report)
        others = (n for n, shell in enumerate(self._shells) if shell.asks)
        reports = (self._early(n) for n in others if n != now.awaits)
        return next(filter(None, reports), "")

    def go_on(self, answer: bytes) -> None:
        """The report has been answered."""
        now = self._now
        shell, back = self._shells[now.awaits], now.back
        if answer and shell.reports_itself:
            shell.answer(answer)
        elif answer:
            back += now.give.count(b"\n")
            shell.give(now.give)
            shell.feed()
        else:
            self._current += 1
        self._state = _AWAITED if answer else _TO_GIVE
        shell.set_back(back)

    def conclude(self, status: int) -> str:
        """The script's own shell has ended; the report that is due, or an empty one."""
        if not self._begun:
            self._put_back()
        rest = self._portions[self._current :]
        last = rest and rest[0].report and not any(portion.report for portion in rest[1:])
        if self._state != _AWAITED or not last or rest[0].awaits:
            return ""
        self._state = _REPORTED
        return f"{rest[0].report} {status}"

    @property
    def _now(self) -> Portion:
        return self._portions[self._current]

    def _serve(self, shell: Shell) -> None:
        """Its pipe is ready: what it was given is gone, or it has something to report."""
        if shell.reports_itself:
            shell.hear()
        elif shell.rest:
            closes = self._state == _AWAITED and self._shells.index(shell) == self._now.closes
            shell.feed(closes=closes)
        else:
            shell.asks = True
        if shell.asks and not self._begun:
            self._put_back()

    def _put_back(self) -> None:
        """Once bash has opened its script, that is as if it had never been a pipe."""
        self._begun = True
        try:
            Path(self._kept).rename(self.name)
        except FileNotFoundError:
            Path(self.name).unlink(missing_ok=True)

    def _begin(self) -> None:
        """Begin with what the current portion asks for, if its shell is ready."""
        now = self._now
        shell = self._shells[now.shell]
        if not shell.asks:
            return
        self._state = _AWAITED
        if now.closes not in (-1, now.shell):
            self._shells[now.closes].shut()
        if shell.reports_itself:
            shell.answer()
            return
        job = b"%d" % shell.fact("job") if now.waits else b""
        closes = now.closes == now.shell
        shell.give(now.give.replace(b"%d", job) if now.waits else now.give, more=not closes)
        shell.feed(closes=closes)

    def _told_by(self, number: int, report: str) -> str:
        """What a shell that asks has to say, after `report`."""
        shell = self._shells[number]
        self._state = _REPORTED
        which = report.partition(" ")[2]
        if shell.reports_itself:
            nonce, _, said = shell.said.rstrip(b"\n").partition(b" ")
            return said.decode("utf-8", "replace") if nonce == self._nonce else "unreadable"
        if not shell.known and not (shell.find() if number else shell.look_into(self.pid)):
            return f"lost {which}"
        if shell.fact("executing"):
            return f"taken {which}"
        if shell.fact("unfinished"):
            return f"unfinished {which}"
        return f"{report} {shell.fact('status')}"

    def _early(self, number: int) -> str:
        """Of a shell that asks while another is awaited: has the one inside it ended early?"""
        later = self._portions[self._current + 1 :]
        end = next((portion for portion in later if portion.awaits == number), None)
        if not end:
            return ""
        if not end.waits and end.shell != number:
            was_last = end is later[0]
            self._shells[self._now.awaits].asks = was_last  # for nothing any more
            return self._told_by(number, (self._now if was_last else end).report)
        # It only waits for its turn, and the one inside is its last job.
        shell = self._shells[number]
        if self._job < 0 and (shell.known or shell.look_into(self.pid)):
            self._job = os.pidfd_open(shell.fact("job"))
        if not select.select([self._job], [], [], 0)[0]:
            return ""
        self._state = _REPORTED
        return f"gone {end.report.partition(' ')[2]}"
