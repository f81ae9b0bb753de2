"""A shell that is followed in a virtual machine; part of the agent's text, as follow.py."""

import contextlib
import fcntl
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from snippetlab.labs.machine.facts import Bash

PAGE = 4096


def _pipe(path: str) -> int:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)  # noqa: PTH108
    os.mkfifo(path, 0o600)
    low = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    # Out of the way of the numbers that shells are to get.
    pipe = fcntl.fcntl(low, fcntl.F_DUPFD_CLOEXEC, 32)
    os.close(low)
    fcntl.fcntl(pipe, 1031, PAGE)  # F_SETPIPE_SZ
    return pipe


class Shell:
    """One that is fed, or reports by itself."""

    def __init__(self, path: str, kind: str) -> None:
        self.reports_itself = kind == "r"
        self.pipe = _pipe(f"{path}r" if self.reports_itself else path)
        self.answers = _pipe(f"{path}a") if self.reports_itself else -1
        self.rest = b"\0"
        self.asks = False
        """Whether it has run all that it was given."""
        self.said = b""
        self.bash = Bash()
        """Unless it reports."""

    def give(self, text: bytes, *, more: bool = True) -> None:
        """A NUL goes along behind the text, where more will follow."""
        self.rest = text + b"\0" * more
        self.asks = False

    def feed(self, *, closes: bool = False) -> None:
        """Give it as much as there is room for now."""
        with contextlib.suppress(BlockingIOError):
            while self.rest:
                self.rest = self.rest[os.write(self.pipe, self.rest[:PAGE]) :]
            if closes:
                self.shut()

    def hear(self) -> None:
        """Take what it reports: a line."""
        with contextlib.suppress(BlockingIOError):
            while not self.said.endswith(b"\n"):
                self.said += os.read(self.pipe, 1)
            self.asks = True

    def answer(self, text: bytes = b"") -> None:
        self.asks = False
        self.said = b""
        os.write(self.answers, text + b"\n")

    def shut(self) -> None:
        """It gets no more."""
        if self.reports_itself:
            self.answer()
        elif self.pipe >= 0:
            os.close(self.pipe)
            self.pipe = -1

    def close(self) -> None:
        self.bash.close()
        for descriptor in (self.pipe, self.answers):
            if descriptor >= 0:
                os.close(descriptor)
