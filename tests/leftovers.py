"""What runs could leave on the host: processes, control groups, mounts, descriptors."""

import os
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from snippetlab.labs.cgroup import Cgroups, find_cgroups

_MOUNTED = {"tmpfs", "proc", "overlay", "devpts", "sysfs", "mqueue", "cgroup", "cgroup2"}
"""Kinds that root on a stage may mount."""
_MACHINE = re.compile(r"qemu-system|/run\.mjs\0")
"""In the command line of QEMU, and of the node that has a machine of the tab."""
_EACH = 3
"""Descriptors that a lab has open for each of its own processes, at most."""


@dataclass(frozen=True)
class _Host:
    runs: Sequence[str]
    """Processes two PID namespaces below this one, as labs' stages are, and machines."""
    helpers: int
    """Other processes that this one has started: of labs, which stay for the next run."""
    groups: Sequence[str]
    """Control groups of this process's labs in which no process is."""
    mounts: frozenset[str]
    descriptors: int


@contextmanager
def nothing_left(patience: float = 20) -> Iterator[None]:
    """Fails if there is something left of what ran in the block, so many seconds later."""
    groups = find_cgroups()
    before = _look(groups)
    yield
    until = time.monotonic() + patience
    while left := list(_left(before, _look(groups))):
        if time.monotonic() > until:
            break
        time.sleep(0.05)
    else:
        return
    raise AssertionError("\n".join(["left on the host:", *left]))


def _left(before: _Host, now: _Host) -> Iterator[str]:
    yield from now.runs
    yield from now.groups
    yield from sorted(now.mounts - before.mounts)
    more = max(0, now.helpers - before.helpers)
    if now.descriptors > before.descriptors + _EACH * more:
        yield f"{now.descriptors - before.descriptors} descriptors, for {more} processes"


def _look(groups: Cgroups | None) -> _Host:
    mine = {process: _read(f"/proc/{process}/cmdline") for process in _descendants()}
    runs = [p for p, line in mine.items() if _depth(p) > 2 or _MACHINE.search(line)]
    return _Host(
        [f"process {process}: {mine[process]}" for process in runs],
        len(mine) - len(runs),
        [str(group) for group in _groups(groups, {os.getpid(), *mine}) if _is_empty(group)],
        frozenset(
            line.split(" ", 2)[2]
            for line in _read("/proc/self/mountinfo").splitlines()
            if line.rpartition(" - ")[2].split()[0] in _MOUNTED
        ),
        len(os.listdir("/proc/self/fd")),  # noqa: PTH208
    )


def _descendants() -> set[int]:
    """Of this process; those that have ended do not count."""
    parents: dict[int, int] = {}
    for name in filter(str.isdigit, os.listdir("/proc")):  # noqa: PTH208
        if stat := re.search(r"\) ([^ZX]) (\d+) ", _read(f"/proc/{name}/stat")):
            parents[int(name)] = int(stat[2])
    found, new = set[int](), {os.getpid()}
    while new:
        new = {process for process, parent in parents.items() if parent in new}
        found |= new
    return found


def _depth(process: int) -> int:
    """In how many PID namespaces it is, from this process's on."""
    status = re.search(r"^NSpid:(.*)$", _read(f"/proc/{process}/status"), re.MULTILINE)
    return len(status[1].split()) if status else 0


def _groups(groups: Cgroups | None, engines: set[int]) -> Sequence[Path]:
    found = list(groups.parent.glob("snippetlab-*-*")) if groups else []
    return [group for group in found if int(group.name.split("-")[1]) in engines]


def _is_empty(group: Path) -> bool:
    procs = group / "cgroup.procs"
    return procs.exists() and not _read(str(procs))


def _read(path: str) -> str:
    with suppress(OSError):
        return Path(path).read_text(errors="replace")
    return ""
