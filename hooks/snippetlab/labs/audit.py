"""What is left on the stage: processes, mounts, namespaces, ports, files.

Runs in the image as a part of the stage (see stage.py), in its first process.
"""

import contextlib
import os
import time
from collections.abc import Iterator

Found = list[str]
"""One thing left: its kind (see leaks.CURES), what tells it from others, and words for it."""

_PLACES = ("/tmp", "/dev/shm", "/run")
"""Outside the working directory, and writable."""
_OURS = ("/run/lab", "/run/mount", "/run/netns")
"""The scripts; and what `mount` and `ip netns` make and never remove."""
_LISTENS = "0A"  # TCP_LISTEN in <net/tcp_states.h>
_GRACE = 0.3
"""Seconds for what was told to end to be gone."""


class Audit:
    """Compares the stage with what it was at first."""

    def __init__(self) -> None:
        # Held open: a snippet may mount something over it.
        self._proc = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        self._mounts = self._read("self/mountinfo")

    def found(self, grace: float = _GRACE) -> list[Found]:
        """All that is left now; processes only if they stay for a moment."""
        until = time.monotonic() + grace
        while (processes := list(self._processes())) and time.monotonic() < until:
            time.sleep(0.01)
        # Reading the table of ports takes longer than a run; nobody but a process listens.
        return [*processes, *(self._ports() if processes else ()), *self._lasting()]

    def _processes(self) -> Iterator[Found]:
        try:  # orphans become children of the first process: without any, nobody is left
            os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return
        for name in os.listdir(self._proc):  # noqa: PTH208
            if name.isdigit() and name != "1" and (words := self._process(name)):
                yield ["process", name, words]

    def _ports(self) -> Iterator[Found]:
        for table in ("tcp", "tcp6"):
            for line in self._read(f"self/net/{table}").splitlines()[1:]:
                _, local, _, state, *_ = line.split()
                if state == _LISTENS:
                    yield ["port", local, f"{table} port {int(local.rpartition(':')[2], 16)}"]

    def _process(self, pid: str) -> str:
        """Its arguments; empty for one that has ended or is a thread of the kernel."""
        stat = self._read(f"{pid}/stat")
        if not stat or stat.rpartition(")")[2].split()[0] in "ZX":
            return ""
        arguments = self._read(f"{pid}/cmdline").replace("\0", " ").strip()
        return (arguments or self._read(f"{pid}/comm").strip())[:100]

    def _lasting(self) -> Iterator[Found]:
        points = set()
        now = self._read("self/mountinfo")
        before = {number for number, _, _ in _mounted(self._mounts)} if now != self._mounts else ()
        for number, point, kind in _mounted(now) if now != self._mounts else ():
            if number in before:
                continue
            points.add(point)
            if kind == "nsfs":
                yield ["namespace", number, point]
            elif point != "/run/netns":
                yield ["mount", number, f"{kind} on {point}"]
        for place in _PLACES:
            for path in _files(place, {*_OURS, *points}):
                yield ["file", path, path]

    def _read(self, name: str) -> str:
        try:
            descriptor = os.open(name, os.O_RDONLY | os.O_CLOEXEC, dir_fd=self._proc)
        except OSError:  # it has ended meanwhile
            return ""
        content = b""
        with contextlib.suppress(OSError):
            while part := os.read(descriptor, 1 << 16):
                content += part
        os.close(descriptor)
        return content.decode("utf-8", "replace")


def _mounted(mountinfo: str) -> Iterator[tuple[str, str, str]]:
    """Number, mount point and kind of each: proc_pid_mountinfo(5)."""
    for line in mountinfo.splitlines():
        fields, _, rest = line.partition(" - ")
        number, _, _, _, point, *_ = fields.split()
        yield number, point, rest.split()[0]


def _files(directory: str, without: set[str]) -> Iterator[str]:
    with contextlib.suppress(OSError):
        for name in os.listdir(directory):  # noqa: PTH208
            path = f"{directory}/{name}"
            # Of a directory the name is enough; on another device lies a mount.
            if path not in without and os.lstat(path).st_dev == os.lstat(directory).st_dev:
                yield path
