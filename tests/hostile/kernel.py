"""How the host sees what a run takes of its kernel, and of the quotas of the user who runs it."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.hostile.scene import Scene
from tests.hostile.use import marked, sampled

_ROOM = """
import os, resource, socket, time
resource.setrlimit(resource.RLIMIT_NOFILE, (1024, 1024))
print(flush=True)
while True:
    time.sleep(0.02)
    near, far = socket.socketpair()
    socket.send_fds(near, [b"x"], [0])
    near.close(), far.close()
"""
"""Ends when no descriptor of this user may be on its way any more."""


@contextmanager
def kernel(scene: Scene) -> Iterator[None]:
    """The kernel of the host uses 120 MB more that it cannot give back."""
    before = unreclaimable()
    with sampled(unreclaimable) as peak:
        scene.breached = lambda: peak() > before + 120_000_000
        yield


def unreclaimable() -> int:
    """Bytes that the kernel of the host uses and cannot give back."""
    lines = (line.split() for line in Path("/proc/meminfo").read_text().splitlines())
    named = {name: int(number) << 10 for name, number, *_ in lines}
    return named["SUnreclaim:"] + named["VmallocUsed:"]


@contextmanager
def network(scene: Scene) -> Iterator[None]:
    """Sockets of TCP and UDP hold 80 MB more, in all network namespaces of the host together."""

    def used() -> int:
        words = Path("/proc/net/sockstat").read_text().split()
        pages = (int(words[i + 1]) for i, word in enumerate(words) if word == "mem")
        return sum(pages) * os.sysconf("SC_PAGE_SIZE")

    before = used()
    with sampled(used) as peak:
        scene.breached = lambda: peak() > before + 80_000_000
        yield


@contextmanager
def aio(scene: Scene) -> Iterator[None]:
    """The host has 10,000 more requests of asynchronous I/O to keep room for."""

    def used() -> int:
        return int(Path("/proc/sys/fs/aio-nr").read_text())

    before = used()
    with sampled(used) as peak:
        scene.breached = lambda: peak() > before + 10_000
        yield


@contextmanager
def room(scene: Scene) -> Iterator[None]:
    """A process of the same user, outside, gets no more of what is counted for the user."""
    user = scene.owner if os.geteuid() == 0 else None
    bystander = subprocess.Popen(
        ["python3", "-c", _ROOM], user=user, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert bystander.stdout
    bystander.stdout.readline()
    scene.breached = lambda: bystander.poll() is not None
    try:
        yield
        time.sleep(0.1)
        scene.breached()
    finally:
        ended = bystander.poll() is not None
        scene.breached = lambda: ended
        bystander.kill()
        bystander.wait()
        bystander.stdout.close()


@contextmanager
def networks(scene: Scene) -> Iterator[None]:
    """The run has more than 100 network namespaces."""

    def used() -> int:
        found = set[str]()
        for pid in marked(scene.mark):
            with suppress(OSError):
                found |= {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()}
        return sum(link.startswith("net:") for link in found)

    with sampled(used) as peak:
        scene.breached = lambda: peak() > 100
        yield


@contextmanager
def protocols(scene: Scene) -> Iterator[None]:
    """A socket of UDP-Lite or MPTCP is there."""

    def used() -> int:
        count = 0
        for pid in marked(scene.mark):
            with suppress(OSError):
                rows = Path(f"/proc/{pid}/net/protocols").read_text().splitlines()
                words = (row.split() for row in rows)
                count += sum(int(n) for name, _, n, *_ in words if name in ("UDP-Lite", "MPTCP"))
        return count

    with sampled(used) as peak:
        scene.breached = lambda: peak() > 0
        yield
