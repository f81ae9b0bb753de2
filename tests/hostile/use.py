"""How the host sees what a run uses: its processes, memory, files, time and output."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.hostile.scene import Scene
from tests.support import processes_of, wait_for


@contextmanager
def processes(scene: Scene) -> Iterator[None]:
    """More than 150 processes at a time."""
    with sampled(lambda: len(marked(scene.mark, zombies=True))) as peak:
        scene.breached = lambda: peak() > 150
        yield


@contextmanager
def memory(scene: Scene) -> Iterator[None]:
    """More than 100 MB, counted by the kernel or, without control groups, as resident."""

    def used() -> int:
        groups = Path(scene.cgroups).glob(f"snippetlab-{os.getpid()}-*/memory.usage_in_bytes")
        if scene.cgroups:
            return max([0, *(int(_read(group) or 0) for group in groups)])
        return sum(
            int((_read(Path(f"/proc/{pid}/statm")) or "0 0").split()[1]) * 4096
            for pid in marked(scene.mark)
        )

    with sampled(used) as peak:
        scene.breached = lambda: peak() > 100_000_000
        yield


@contextmanager
def inodes(scene: Scene) -> Iterator[None]:
    """More than 5,000 inodes in the run's /tmp."""

    def used() -> int:
        most = 0
        for pid in marked(scene.mark):
            with suppress(OSError):
                found = os.statvfs(f"/proc/{pid}/root/tmp")
                most = max(most, found.f_files - found.f_ffree)
        return most

    with sampled(used) as peak:
        scene.breached = lambda: peak() > 5000
        yield


@contextmanager
def descriptors(scene: Scene) -> Iterator[None]:
    """More than 100 open files in one process."""

    def used() -> int:
        most = 0
        for pid in marked(scene.mark):
            with suppress(OSError):
                most = max(most, len(list(Path(f"/proc/{pid}/fd").iterdir())))
        return most

    with sampled(used) as peak:
        scene.breached = lambda: peak() > 100
        yield


@contextmanager
def overtime(scene: Scene) -> Iterator[None]:
    """A process of the run lives 2.5 s after the run began."""
    began = time.monotonic()

    def late() -> int:
        return len(marked(scene.mark)) if time.monotonic() > began + 2.5 else 0

    with sampled(late) as peak:
        scene.breached = lambda: peak() > 0 or bool(marked(scene.mark))
        yield


@contextmanager
def survivor(scene: Scene) -> Iterator[None]:
    """A process of the run is there after the run."""
    scene.breached = lambda: bool(marked(scene.mark))
    yield


@contextmanager
def output(scene: Scene) -> Iterator[None]:
    """More than 100 kB came out."""
    scene.breached = lambda: len(scene.output) > 100_000
    yield


@contextmanager
def sampled(measure: Callable[[], int]) -> Iterator[Callable[[], int]]:
    """The greatest of many measurements during the block."""
    peak, ended = [0], threading.Event()

    def sample() -> None:
        while not ended.wait(0.03):
            peak[0] = max(peak[0], measure())

    thread = threading.Thread(target=sample)
    thread.start()
    try:
        yield lambda: peak[0]
    finally:
        ended.set()
        thread.join()


@contextmanager
def running(command: str) -> Iterator[None]:
    """From when it runs, in whichever namespace; in the end it is killed."""
    wait_for(lambda: processes_of(command))
    try:
        yield
    finally:
        for process in processes_of(command):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)


@contextmanager
def ended(mark: str) -> Iterator[None]:
    """In the end there is no process with the mark: what outlives its run without a guard."""
    try:
        yield
    finally:
        for process in marked(mark):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)


def marked(mark: str, *, zombies: bool = False) -> list[int]:
    """Processes of the host that have the mark in their arguments, or are a child of such."""
    found, parents = [], {}
    for name in (path.name for path in Path("/proc").iterdir() if path.name.isdigit()):
        if mark in (_read(Path(f"/proc/{name}/cmdline")) or ""):
            found.append(int(name))
        elif zombies and (stat := _read(Path(f"/proc/{name}/stat"))):
            state, parent, *_ = stat.rpartition(")")[2].split()
            if state == "Z":
                parents[int(name)] = int(parent)
    return found + [pid for pid, parent in parents.items() if parent in found]


def _read(path: Path) -> str | None:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return None
