"""What a chain leaves behind in a virtual machine: there what audit.c is on the stage.

The machine gets it in one text with the agent (see snapshot.py), so it imports nothing of the
engine either. What daemons of the lab do belongs to them, not to the chain: what they have
started, and what is in their directories. Of Docker therefore only what runs counts, each
container as one thing, with its processes, mounts, namespaces, control group and ports; images,
stopped containers, volumes and networks are the engine's data, like files in the working directory.
"""

import contextlib
import os
import time
from collections.abc import Iterator
from fnmatch import fnmatch
from typing import NamedTuple

GRACE = 1.0
"""Seconds for what was told to end to be gone; emulated, that takes longer than on the stage."""
_MOST, _LONGEST = 100, 400
"""Things that are told of, and bytes of each word."""
_CGROUPS = "/sys/fs/cgroup"
_DAEMONS = (
    "/run/containerd",
    "/run/docker",
    "/sys/fs/cgroup/docker",
    "/var/lib/containerd",
    "/var/lib/docker",
)
"""With what the paths of their files, mounts and control groups begin."""
_PLACES = ("/", "/dev/shm", "/etc", "/home", "/mnt", "/opt", "/run", "/srv", "/tmp", "/var/tmp")
"""Where a file would outlast the chain; of a directory in them the name is enough."""
_STAYS = (
    "/run/lab",  # the scripts
    "/run/mount",
    "/run/netns",
    "/run/runc",
    "/run/xtables.lock",
    "/tmp/dockerfile[0-9]*",
    "/tmp/empty-dir[0-9]*",
)
"""What `mount`, `ip netns`, `runc`, `iptables` and `docker build -` make and never remove."""


class _Process(NamedTuple):
    parent: int
    name: str


class _Mount(NamedTuple):
    number: str
    point: str
    kind: str


class Remains:
    """Notes when it is made what is there; tells later what is there besides."""

    def __init__(self, root: str = "") -> None:
        """Looks below `root`; without it, at the machine's own tree."""
        self._root = root
        # Held open: a snippet may mount something over it.
        self._proc = os.open(f"{root}/proc", os.O_RDONLY | os.O_DIRECTORY)
        self._processes = self._numbers()
        self._mounts = set(self._mounted())
        self._groups = set(self._all_groups())
        self._files = set(self._all_files())

    def tell(self, grace: float = 0) -> bytes:
        """What is new, as watch.read_leaks reads it. What runs has `grace` seconds to end."""
        until = time.monotonic() + grace
        while (running := list(self._running())) and time.monotonic() < until:
            time.sleep(0.05)
        things = [*running, *self._ports(running), *self._lasting()][:_MOST]
        words = (word.replace("\0", " ").encode("utf-8", "replace") for t in things for word in t)
        return b"~" + b"".join(word[:_LONGEST] + b"\0" for word in words)

    def _running(self) -> Iterator[tuple[str, str, str]]:
        """Processes of the chain, and containers for theirs."""
        new = self._numbers() - self._processes
        found = {pid: process for pid in new if (process := self._process(pid))}
        containers = set()
        for pid in sorted(found):
            top = pid
            while found[top].parent in found:
                top = found[top].parent
            if found[top].parent in self._processes:  # the kernel's threads among them
                continue
            if found[top].name != "containerd-shim":
                yield "process", str(pid), self._words(pid) or found[pid].name
            elif (id_ := self._container(top)) not in containers and self._is_in(pid, id_):
                # The shim, and what it starts on its own, may outlast a container by a moment.
                containers.add(id_)
                yield "container", id_, f"{id_[:12]} ({self._words(pid)})"

    def _ports(self, running: list[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
        """On which the chain's processes listen: in proc_net(5) the state 0A is TCP_LISTEN."""
        told = set()
        for pid in (key for kind, key, _ in running if kind == "process"):
            if not (sockets := self._sockets(pid)):
                continue
            for kind in ("tcp", "tcp6"):
                for line in self._read(f"{pid}/net/{kind}").splitlines()[1:]:
                    _, local, _, state, *_, inode = line.split()[:10]
                    if state == "0A" and inode in sockets and inode not in told:
                        told.add(inode)
                        yield "port", inode, f"{kind} port {int(local.rpartition(':')[2], 16)}"

    def _lasting(self) -> Iterator[tuple[str, str, str]]:
        """What needs no process to be there."""
        mounts = [mount for mount in self._mounted() if mount not in self._mounts]
        for number, point, kind in mounts:
            key = f"{number} {point}"  # the number of one that is gone is given to the next
            if kind == "nsfs":
                yield "namespace", key, point
            elif point != "/run/netns":
                yield "mount", key, f"{kind} on {point}"
        for group in self._all_groups():
            if group not in self._groups and not group.startswith(_DAEMONS):
                yield "cgroup", group, group
        known = self._files.union(mount.point for mount in mounts)
        for path in sorted(self._all_files()):
            if path not in known and not path.startswith(_DAEMONS) and not _stays(path):
                yield "file", path, path

    def _numbers(self) -> set[int]:
        """Of all processes but this one, whose children are orphans and the chain's shells."""
        return {int(name) for name in _names(self._proc) if name.isdigit()} - {1}

    def _process(self, pid: int) -> _Process | None:
        """None if it has ended: proc_pid_stat(5)."""
        before, _, after = self._read(f"{pid}/stat").rpartition(")")
        if not after or after.split()[0] in "ZX":
            return None
        return _Process(int(after.split()[1]), before.partition("(")[2])

    def _words(self, pid: int) -> str:
        return self._read(f"{pid}/cmdline").replace("\0", " ").strip()

    def _container(self, shim: int) -> str:
        """The id that a shim was given."""
        return self._words(shim).partition(" -id ")[2].partition(" ")[0]

    def _is_in(self, pid: int, container: str) -> bool:
        return container != "" and f"/{container}" in self._read(f"{pid}/cgroup")

    def _sockets(self, pid: str) -> set[str]:
        """The inodes of those that a process has open."""
        inodes = set()
        with contextlib.suppress(OSError):
            directory = os.open(f"{pid}/fd", os.O_RDONLY | os.O_DIRECTORY, dir_fd=self._proc)
            for name in _names(directory):
                with contextlib.suppress(OSError):
                    kind, _, inode = os.readlink(name, dir_fd=directory).partition(":")
                    if kind == "socket":
                        inodes.add(inode.strip("[]"))
            os.close(directory)
        return inodes

    def _mounted(self) -> Iterator[_Mount]:
        """All mounts but those of daemons: proc_pid_mountinfo(5)."""
        for line in self._read("self/mountinfo").splitlines():
            fields, _, rest = line.partition(" - ")
            number, _, _, _, point, *_ = fields.split(" ")
            if not point.startswith(_DAEMONS):
                yield _Mount(number, point, rest.partition(" ")[0])

    def _all_groups(self) -> Iterator[str]:
        for directory, *_ in os.walk(f"{self._root}{_CGROUPS}"):
            yield directory.removeprefix(self._root)

    def _all_files(self) -> Iterator[str]:
        for place in _PLACES:
            with contextlib.suppress(OSError):
                yield from (f"{place.rstrip('/')}/{name}" for name in _names(self._root + place))

    def _read(self, name: str) -> str:
        """A file of /proc as a text; empty if its process has ended meanwhile."""
        try:
            with os.fdopen(os.open(name, os.O_RDONLY, dir_fd=self._proc), "rb") as stream:
                return stream.read().decode("utf-8", "replace")
        except OSError:
            return ""


def _names(directory: int | str) -> list[str]:
    with os.scandir(directory) as entries:
        return [entry.name for entry in entries]


def _stays(path: str) -> bool:
    return any(fnmatch(path, pattern) for pattern in _STAYS)
