"""Control groups: a limit on the memory of all that a run uses, file systems included.

A snippet is root on its stage and may mount a tmpfs of any size, which no limit of a process
counts. Used where this user may make control groups:

- root, under version 1: below its own group (cgroups(7));
- root, under version 2: below the root of the hierarchy, if memory is controlled there;
- anyone, under version 2, in a group delegated to them, as systemd does it:
  systemd-run --user --scope --property=Delegate=yes … (https://systemd.io/CGROUP_DELEGATION/).
"""

import contextlib
import itertools
import os
import re
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from snippetlab.errors import Cure

PER_PROCESS = "memory: per process only; what processes of a snippet use together has no limit"
"""What to say where there are no control groups."""
OWN_GROUP = Cure(
    "control-group",
    "Run as root, or in a control group of your own:"
    " systemd-run --user --scope --property=Delegate=yes -- snippetlab …",
)


@dataclass(frozen=True)
class _Files:
    """Names of a version's files."""

    memory: str
    swap: str
    events: str


FILES = {
    1: _Files("memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "memory.oom_control"),
    2: _Files("memory.max", "memory.swap.max", "memory.events"),
}
NETWORK = "memory.kmem.tcp.limit_in_bytes"
_BUFFERS = 16_000_000
"""What buffers of TCP and UDP may hold, beyond the rest; version 2 counts them with the rest."""
_TRIES = 1000
"""How often a group is given up, 5 ms apart, while the kernel ends what was in it."""
_numbers = itertools.count()
"""Of this process's groups: several labs may make some."""


class Cgroup:
    """The group of one seat."""

    def __init__(self, directory: Path, version: int) -> None:
        self._directory = directory
        self._version = version
        self._limit = 0
        self._kills = 0

    def limit(self, memory: int) -> None:
        """Of everything in it together, in bytes; swap adds nothing. Raises OSError."""
        if memory == self._limit:
            return
        files = FILES[self._version]
        swap = (files.swap, str(memory if self._version == 1 else 0))
        # Under version 1 memory must at no time be more than memory and swap together.
        order = [swap, (files.memory, str(memory))]
        for name, value in order if memory > self._limit > 0 else order[::-1]:
            # A kernel may do without accounting for swap.
            if name != files.swap or (self._directory / name).exists():
                (self._directory / name).write_text(value)
        self._limit = memory

    def kills(self) -> int:
        """Processes that the kernel has ended since this was last asked, for want of memory."""
        events = (self._directory / FILES[self._version].events).read_text()
        found = re.search(r"^oom_kill (\d+)$", events, re.MULTILINE)
        before, self._kills = self._kills, int(found[1]) if found else 0
        return self._kills - before

    def remove(self) -> bool:
        """End what is still in it, and give it up; whether it is gone."""
        for _ in range(_TRIES):
            with contextlib.suppress(FileNotFoundError):
                try:
                    self._directory.rmdir()
                except OSError:  # busy
                    _end_all(self._directory)
                    time.sleep(0.005)
                    continue
            return True
        return False


def _end_all(group: Path) -> None:
    """Nothing of a run can leave its group: cgroups(7)."""
    with contextlib.suppress(OSError):
        for process in map(int, (group / "cgroup.procs").read_text().split()):
            if process:  # 0 stands for one that is not in this PID namespace
                os.kill(process, signal.SIGKILL)


@dataclass(frozen=True)
class Cgroups:
    """Where this process may make groups."""

    parent: Path
    version: int

    def create(self, process: int) -> Cgroup:
        """A group with that process in it. Raises OSError."""
        directory = self.parent / f"snippetlab-{os.getpid()}-{next(_numbers)}"
        directory.mkdir()
        try:
            if (network := directory / NETWORK).exists():
                network.write_text(str(_BUFFERS))
            (directory / "cgroup.procs").write_text(str(process))
        except OSError:
            directory.rmdir()
            raise
        return Cgroup(directory, self.version)

    def files(self) -> set[str]:
        """Names of what a group has; that at the top has not all of it. Raises OSError."""
        directory = self.parent / f"snippetlab-{os.getpid()}-{next(_numbers)}"
        directory.mkdir()
        try:
            return {path.name for path in directory.iterdir()}
        finally:
            directory.rmdir()


def find_cgroups() -> Cgroups | None:
    """Where groups can be made here; None if nowhere."""
    try:
        mounts = Path("/proc/self/mountinfo").read_text()
        own = Path("/proc/self/cgroup").read_text()
        found = _first_version(mounts, own) or _second_version(mounts, own)
    except OSError:
        return None
    if found:
        _sweep(found.parent)
    return found


def _first_version(mounts: str, own: str) -> Cgroups | None:
    for root, point, kind, options in _mounted(mounts):
        if kind == "cgroup" and "memory" in options:
            found = re.search(r"^\d+:(?:[^:\n]*,)?memory(?:,[^:\n]*)?:(.*)$", own, re.MULTILINE)
            path = os.path.relpath(found[1], root) if found else "."
            parent = Path(point) if path.startswith("..") else Path(point, path)
            return Cgroups(parent, 1) if os.access(parent, os.W_OK) else None
    return None


def _second_version(mounts: str, own: str) -> Cgroups | None:
    for root, point, kind, _ in _mounted(mounts):
        if kind != "cgroup2":
            continue
        top = Path(point)
        if os.geteuid() == 0:
            return Cgroups(top, 2) if _controls_memory(top) and os.access(top, os.W_OK) else None
        found = re.search(r"^0::(.*)$", own, re.MULTILINE)
        group = top / os.path.relpath(found[1], root) if found else top
        return _delegated(group)
    return None


def _delegated(group: Path) -> Cgroups | None:
    """Make room in a group that systemd has given to this user: processes only in its leaves."""
    # Perhaps this is the leaf that an engine before this one has made.
    if group.name == "engine" and not _is_marked(group):
        group = group.parent
    if not _is_marked(group):
        return None
    try:
        leaf = group / "engine"
        leaf.mkdir(exist_ok=True)
        for process in (group / "cgroup.procs").read_text().split():
            (leaf / "cgroup.procs").write_text(process)
        (group / "cgroup.subtree_control").write_text("+memory")
    except OSError:
        return None
    return Cgroups(group, 2)


def _is_marked(group: Path) -> bool:
    """As systemd marks what it delegates; without the mark, the kernel has an error to say."""
    try:
        return os.getxattr(group, "user.delegate") == b"1"
    except OSError:
        return False


def _controls_memory(group: Path) -> bool:
    return "memory" in (group / "cgroup.subtree_control").read_text().split()


def _mounted(mounts: str) -> list[tuple[str, str, str, list[str]]]:
    """Root, mount point, kind and its options: proc_pid_mountinfo(5)."""
    lines = (line.split(" - ") for line in mounts.splitlines())
    split = [(before.split(), after.split()) for before, after in lines]
    return [(b[3], b[4], a[0], a[-1].split(",")) for b, a in split]


def _sweep(parent: Path) -> None:
    """Remove what engines that were killed have left."""
    for directory in parent.glob("snippetlab-*-*"):
        if not Path("/proc", directory.name.split("-")[1]).exists():
            with contextlib.suppress(OSError):
                directory.rmdir()
