"""The pipes to which scripts print in a virtual machine; part of the agent's text, as follow.py."""

import contextlib
import fcntl
import os
from collections.abc import Iterator


class Printed:
    """Of standard output, which is that of standard error too, unless it is told apart."""

    def __init__(self) -> None:
        self._ends = os.pipe(), os.pipe()
        self.kinds = {near: kind for (near, _), kind in zip(self._ends, (b"O", b"E"), strict=True)}
        """Where what was printed is read → the kind of its frames."""
        for near in self.kinds:
            os.set_blocking(near, False)

    def ends(self, *, apart: bool) -> list[int]:
        """Descriptors for a shell's output and errors, both to be closed; out of the way of the
        numbers that shells are to get."""
        far = [self._ends[0][1], self._ends[apart][1]]
        return [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 32) for end in far]

    def take(self) -> Iterator[tuple[bytes, bytes]]:
        """All that is there, as frames."""
        for near, kind in self.kinds.items():
            with contextlib.suppress(BlockingIOError):
                while data := os.read(near, 1 << 16):
                    yield kind, data
