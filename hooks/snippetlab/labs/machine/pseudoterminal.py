"""The terminal of a script in a virtual machine: there what terminal.c is in the namespace lab,
which says how and why.

The machine gets it in one text with the agent (see snapshot.py), so it imports nothing of the
engine either.
"""

import contextlib
import fcntl
import os
import re
import select
import stat
import struct
import termios
from collections.abc import Iterator
from pathlib import Path

_SOON, _LATE = 4, 128
"""Milliseconds between two looks."""
_CALLS = {
    "read": (0, 19),
    "poll": (7, 271),
    "select": (23, 270),
    "epoll": (232, 281),
}
"""Numbers of system calls that wait, on x86-64: read and readv, poll and ppoll, …"""
_DEV_TTY = os.makedev(5, 0)


class Terminal:
    """Of 80 columns and 24 lines; the end of a line is the one that was printed."""

    def __init__(self) -> None:
        master, slave = os.openpty()
        self.name = os.ttyname(slave)
        # Out of the way of the numbers that shells are to get.
        self.master, self._slave = (
            fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 32) for end in (master, slave)
        )
        for end in (master, slave):
            os.close(end)
        os.set_blocking(self.master, False)
        modes = termios.tcgetattr(self._slave)
        modes[0] |= 0o40000  # IUTF8, see termios(3)
        modes[1] &= ~termios.ONLCR
        termios.tcsetattr(self._slave, termios.TCSANOW, modes)
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.asked = False
        """Whether the engine has yet to answer."""
        self._resigned = False
        self._pause = _SOON

    def hang_up(self) -> None:
        os.close(self._slave)
        os.close(self.master)

    def take(self) -> Iterator[bytes]:
        """What has been printed and not been taken; of a flood there is no end."""
        with contextlib.suppress(BlockingIOError):
            while part := os.read(self.master, 1 << 16):
                self._pause = _SOON
                yield part

    def reported(self) -> bool:
        """A step has ended; whether all that was typed into it has been read."""
        self._resigned = False
        self._pause = _SOON
        return not self._is_unread()

    @property
    def pause(self) -> int | None:
        """How long to wait for what happens until it is looked whether a program asks."""
        return None if self.asked or self._resigned else self._pause

    def look(self) -> bool:
        """Nothing has happened for so long: whether the engine is to be asked."""
        self._pause = min(2 * self._pause, _LATE)
        if self._is_unread():
            return False
        for pid in filter(str.isdigit, os.listdir("/proc")):  # noqa: PTH208
            with contextlib.suppress(OSError, struct.error):
                threads = os.listdir(f"/proc/{pid}/task")  # noqa: PTH208
                if any(self._awaits_keys(pid, thread) for thread in threads):
                    self.asked = True
                    return True
        return False

    def type(self, answer: bytes) -> None:
        """What the engine answers."""
        keys = bytes.fromhex(answer.decode())
        with contextlib.suppress(BlockingIOError):
            os.write(self.master, keys)
        self.asked = False
        self._resigned = not keys
        self._pause = _SOON

    def _is_unread(self) -> bool:
        poll = select.poll()
        poll.register(self._slave, select.POLLIN)
        return bool(poll.poll(0))

    def _awaits_keys(self, pid: str, thread: str) -> bool:
        """Whether a thread sleeps until something is typed: proc_pid_syscall(5)."""
        words = Path(f"/proc/{pid}/task/{thread}/syscall").read_text().split()
        if len(words) < 3 or words[0] == "-1":
            return False  # it runs
        call, first, second = int(words[0]), int(words[1], 16), int(words[2], 16)
        waited: list[int] = []
        if call in _CALLS["read"]:
            waited = [first]
        elif call in _CALLS["poll"]:
            polled = struct.iter_unpack("ihh", _memory(pid, first, min(second, 64) * 8))
            waited = [descriptor for descriptor, events, _ in polled if events & select.POLLIN]
        elif call in _CALLS["select"] and second:
            bits = int.from_bytes(_memory(pid, second, (first + 7) // 8), "little")
            waited = [descriptor for descriptor in range(first) if bits >> descriptor & 1]
        elif call in _CALLS["epoll"]:
            events = Path(f"/proc/{pid}/fdinfo/{first}").read_text()
            waited = [int(descriptor) for descriptor in re.findall(r"tfd:\s*(\d+)", events)]
        return any(self._is_of(pid, descriptor) for descriptor in waited)

    def _is_of(self, pid: str, descriptor: int) -> bool:
        """Whether a descriptor of a process is this terminal, also by the name of /dev/tty."""
        its, ours = Path(f"/proc/{pid}/fd/{descriptor}").stat(), os.fstat(self._slave)
        if not stat.S_ISCHR(its.st_mode):
            return False
        if its.st_rdev == _DEV_TTY:
            after = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2]
            return int(after.split()[4]) == ours.st_rdev
        return (its.st_dev, its.st_ino) == (ours.st_dev, ours.st_ino)


def _memory(pid: str, place: int, size: int) -> bytes:
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:  # noqa: PTH123
        return os.pread(memory.fileno(), size, place)
