"""Talking with a script that runs in a lab, over a socket and a pipe."""

import contextlib
import math
import os
import selectors
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from snippetlab.labs.failing import CURE_REPORT
from snippetlab.labs.steps import Steps

_REPORTS = 1 << 16
"""Bytes of reports that may come at once; one has some forty."""


@dataclass
class Conversation:
    """The engine's side of one run.

    The script stops after each step until its report is answered. So when a report is
    here, everything the step printed is in the pipe already, and nothing of the next one.
    """

    chain: Sequence[Steps]
    """Of the programs that run one after another."""
    control: socket.socket
    """Reports come in, answers go out."""
    output: int
    """The read end of the pipe that standard output goes to, and standard error with it."""
    errors: int = -1
    """That of the pipe of standard error, for programs that have it told apart."""
    look: Callable[[Steps, int], None] | None = None
    """Called after each step, while the script waits: its program, its number there."""
    _reports: bytes = b""
    _position: int = 0
    _open: set[int] = field(default_factory=set)
    """The pipes in which something may still come."""
    deadline: float = 0.0
    """Of the program that runs now (monotonic)."""
    _step_deadline: float = math.inf
    """Of the step that runs now, if it has one."""

    @property
    def steps(self) -> Steps:
        """Of the program that runs now."""
        return self.chain[self._position]

    def hold(self) -> None:
        """Listen until nobody is left who could print.

        Raises RunError for what a recording must not hold.
        """
        self._wind_up()
        self._open = {self.output} | ({self.errors} if self.errors >= 0 else set())
        self.control.setblocking(False)
        with selectors.DefaultSelector() as selector:
            for pipe in self._open:
                os.set_blocking(pipe, False)
                selector.register(pipe, selectors.EVENT_READ)
            selector.register(self.control, selectors.EVENT_READ)
            while self._open:
                until = min(self.deadline, self._step_deadline)
                ready = [key.fileobj for key, _ in selector.select(until - time.monotonic())]
                if time.monotonic() >= self.deadline:
                    raise self.steps.overdue()
                if time.monotonic() >= self._step_deadline and self.control not in ready:
                    raise self.steps.step_overdue()
                if self.control in ready and not self._listen():
                    selector.unregister(self.control)
                for pipe in self._open.intersection(ready):
                    if not self._drain(pipe):
                        selector.unregister(pipe)
                        self._open.remove(pipe)
        self._listen()  # what was sent before the end is here; nobody is waited for

    def _wind_up(self) -> None:
        self.deadline = time.monotonic() + self.steps.seconds
        self._wind_up_step()

    def _wind_up_step(self) -> None:
        """A step begins."""
        self._step_deadline = time.monotonic() + self.steps.step_seconds

    def _drain(self, pipe: int) -> bool:
        """Take what has been printed there; False when nobody can print there any more."""
        while True:
            try:
                data = os.read(pipe, 65536)
            except BlockingIOError:
                return True
            if not data:
                return False
            self.steps.printed(data, errors=pipe == self.errors)

    def _listen(self) -> bool:
        """Take the reports that are here; False when no more can come."""
        try:
            data = self.control.recv(65536)
        except BlockingIOError:
            return True
        except ConnectionResetError:
            data = b""
        self._reports += data
        if len(self._reports) > _REPORTS:
            raise self.steps.fault("more came from the lab than any report has", CURE_REPORT)
        while b"\n" in self._reports:
            report, self._reports = self._reports.split(b"\n", 1)
            for pipe in self._open:
                self._drain(pipe)
            text = report.decode("utf-8", "replace")
            answer = self.steps.reported(text)
            if self.look and text.startswith("done ") and not answer:
                self.look(self.steps, int(text.split(" ")[1]))
            if self.steps.complete and self._position + 1 < len(self.chain):
                self._position += 1
                self._wind_up()
            elif not answer:
                self._wind_up_step()
            # It may die right after its report; then the missing next one will tell.
            with contextlib.suppress(OSError):
                self.control.send(answer.encode() + b"\n")
        return bool(data)
