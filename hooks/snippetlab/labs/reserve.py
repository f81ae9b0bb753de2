"""What the machine keeps of its memory, whatever runs: there is more than control groups count.

Tables of routes and neighbours, fragments of packets, buffers of netlink: root of a network
namespace fills these, and no limit of the run's own holds all of them. So while anything runs,
somebody looks, and ends all of it when little is left; the memory comes back with that.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_SHARE = 0.02
"""Of all memory, what stays available."""
_SECONDS = 0.1
"""Between two looks: time for the kernel to take some 100 MB."""


class Reserve:
    """Of one lab. Safe to use from several threads."""

    def __init__(self, relieve: Callable[[], None]) -> None:
        """Where too little is left, `relieve` is called, again and again until that has helped."""
        self._relieve = relieve
        self._runs = 0
        self._changed = threading.Condition()
        self._watcher: threading.Thread | None = None

    @contextmanager
    def kept(self) -> Iterator[None]:
        """While something runs."""
        with self._changed:
            self._runs += 1
            if not self._watcher:
                self._watcher = threading.Thread(target=self._watch, daemon=True)
                self._watcher.start()
            elif self._runs == 1:
                self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._runs -= 1

    def close(self) -> None:
        """Look no more, until something runs again."""
        with self._changed:
            self._watcher = None
            self._changed.notify()

    def _watch(self) -> None:
        while True:
            with self._changed:
                while not self._runs and self._watcher is threading.current_thread():
                    self._changed.wait()
                if self._watcher is not threading.current_thread():
                    return
            if available() < _SHARE:
                self._relieve()
            time.sleep(_SECONDS)


def available() -> float:
    """The share of its memory that this machine could still give."""
    free, total = host_memory()
    return free / total


def host_memory() -> tuple[int, int]:
    """Bytes that this machine could still give, its caches included, and those it has.

    See proc_meminfo(5), MemAvailable.
    """
    lines = (line.split() for line in Path("/proc/meminfo").read_text().splitlines())
    named = {name: int(number) << 10 for name, number, *_ in lines}
    return named.get("MemAvailable:", named["MemTotal:"]), named["MemTotal:"]
