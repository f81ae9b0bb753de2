"""The machine lab with one of its guards taken away, and what the host sees of its machines."""

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest import mock

from snippetlab.errors import EngineError
from snippetlab.images.user import NOBODY
from snippetlab.labs.machine import qemu
from snippetlab.labs.machine.lab import MachineLab
from snippetlab.labs.machine.snapshot import Snapshot
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet.program import Program
from snippetlab.transcript import Transcript
from tests.hostile import weak
from tests.hostile.caller import become_ordinary, forked

NETWORKS = ("tcp", "tcp6", "udp", "udp6", "raw", "raw6", "packet")


@dataclass(frozen=True)
class _Written(Snapshot):
    """A saved state whose disk is written to: a copy, so that the shared one stays as it is."""

    copy: Path

    @property
    def disk(self) -> str:
        return f"file={self.copy},format=qcow2"


@contextmanager
def machine_lab(laboratory: Laboratory, changes: Mapping[str, Any]) -> Iterator[MachineLab]:
    """A machine lab of its own; without `changes` it is as strong as any."""
    strong = laboratory.lab
    assert isinstance(strong, MachineLab)
    snapshot, command = strong._snapshot, qemu.command

    def weaker(*arguments: Any) -> list[str]:
        return [*command(*arguments), *changes.get("qemu", ())]

    with ExitStack() as stack:
        if "written" in changes:
            copy = Path(stack.enter_context(tempfile.TemporaryDirectory(dir="/var/tmp")), "disk")
            copy.parent.chmod(0o755)
            shutil.copyfile(snapshot.directory / "disk.qcow2", copy)
            if os.geteuid() == 0:
                os.chown(copy, NOBODY, NOBODY)
            snapshot = _Written(snapshot.directory, snapshot.processor, copy)
        made = MachineLab(strong.name, strong._image, snapshot, strong._machine)
        stack.enter_context(mock.patch.object(qemu, "command", weaker))
        stack.enter_context(weak.patched(changes))
        stack.callback(made.close)
        yield made


def run_as_user(
    laboratory: Laboratory, chain: Sequence[Program]
) -> tuple[Sequence[Transcript], EngineError | None]:
    """What comes of a run that an ordinary user starts: a fork that is no longer root."""
    ours, theirs = get_context("fork").Pipe(duplex=False)
    process = forked()
    if process == 0:
        try:
            become_ordinary()
            with machine_lab(laboratory, {}) as lab:
                try:
                    theirs.send((lab.run(chain), None))
                except EngineError as error:
                    theirs.send(((), error))
        finally:
            os._exit(0)
    theirs.close()
    try:
        outcome: tuple[Sequence[Transcript], EngineError | None] = ours.recv()
        return outcome
    finally:
        os.waitpid(process, 0)


@dataclass
class Seen:
    """What the host saw of a machine, at most."""

    memory: int = 0
    """Bytes, resident."""
    threads: int = 0
    sockets: int = 0
    """Of a network."""
    files: frozenset[str] = frozenset()


@contextmanager
def watched() -> Iterator[Seen]:
    """What is seen of QEMU meanwhile."""
    seen, ended = Seen(), threading.Event()

    def sample() -> None:
        while not ended.wait(0.1):
            for machine in machines():
                with suppress(OSError, ProcessLookupError):
                    _look(machine, seen)

    thread = threading.Thread(target=sample)
    thread.start()
    try:
        yield seen
    finally:
        ended.set()
        thread.join()


def machines() -> Sequence[Path]:
    """Directories in /proc of the QEMUs that this process has started."""
    line = ["ps", "-o", "pid=,comm=", "--ppid", str(os.getpid())]
    listed = subprocess.run(line, capture_output=True, text=True).stdout.splitlines()
    return [Path("/proc", n) for n, name, *_ in map(str.split, listed) if name.startswith("qemu")]


def _look(machine: Path, seen: Seen) -> None:
    fields = dict(line.split(":", 1) for line in (machine / "status").read_text().splitlines())
    seen.memory = max(seen.memory, int(fields.get("VmRSS", "0").split()[0]) << 10)
    seen.threads = max(seen.threads, int(fields["Threads"]))
    links = {str(descriptor.readlink()) for descriptor in (machine / "fd").iterdir()}
    seen.files |= {link for link in links if link.startswith("/")}
    inodes = {link[8:-1] for link in links if link.startswith("socket:")}
    seen.sockets = max(seen.sockets, len(inodes & _of_networks(machine / "net")))


def _of_networks(tables: Path) -> set[str]:
    """Inodes of sockets of a network namespace: proc_pid_net(5)."""
    column: Callable[[str], int] = lambda name: 8 if name == "packet" else 9  # noqa: E731
    return {
        words[column(name)]
        for name in NETWORKS
        if (tables / name).exists()
        for words in map(str.split, (tables / name).read_text().splitlines()[1:])
        if len(words) > column(name)
    }
