"""Talking with a script that runs in a lab, over a socket and a pipe."""

import contextlib
import os
import selectors
import socket
import time
from dataclasses import dataclass

from snippetlab.errors import LabUnavailableError
from snippetlab.labs.progress import Progress

READY = b"ready\n"
"""The first report, sent by the lab itself when the script is about to begin."""


@dataclass
class Conversation:
    """The engine's side of one run.

    The script stops after each step until its report is answered. So when a report is
    here, everything the step printed is in the pipe already, and nothing of the next one.
    """

    progress: Progress
    control: socket.socket
    """Reports come in, answers go out."""
    output: int
    """The read end of the pipe that standard output and standard error go to."""
    _reports: bytes = b""
    _complaint: bytes = b""
    """What the lab itself printed before the snippet began."""
    _ready: bool = False

    def hold(self) -> None:
        """Listen until nobody is left who could print.

        Raises RunError for what a recording must not hold, and LabUnavailableError when the
        lab has not come as far as its script.
        """
        timeout = self.progress.program.timeout
        deadline = time.monotonic() + timeout
        os.set_blocking(self.output, False)
        with selectors.DefaultSelector() as selector:
            selector.register(self.output, selectors.EVENT_READ)
            selector.register(self.control, selectors.EVENT_READ)
            while True:
                ready = [key.fileobj for key, _ in selector.select(deadline - time.monotonic())]
                if time.monotonic() >= deadline:
                    raise self.progress.fault(
                        f"the snippet had not ended after {timeout:g} s",
                        "Make it faster, or raise the tag `timeout` (seconds, at most 60).",
                    )
                if self.control in ready and not self._listen():
                    selector.unregister(self.control)
                if self.output in ready and not self._drain():
                    break
        while self._listen():
            pass
        if not self._ready:
            complaint = self._complaint.decode("utf-8", "replace").strip()
            raise LabUnavailableError(complaint or "it ended without a word")

    def _drain(self) -> bool:
        """Take what has been printed; False when nobody can print any more."""
        while True:
            try:
                data = os.read(self.output, 65536)
            except BlockingIOError:
                return True
            if not data:
                return False
            if self._ready:
                self.progress.printed(data)
            else:
                self._complaint += data

    def _listen(self) -> bool:
        """Take the reports that are here; False when no more can come."""
        try:
            data = self.control.recv(65536)
        except ConnectionResetError:
            data = b""
        self._reports += data
        if not self._ready and self._reports.startswith(READY):
            self._ready, self._reports = True, self._reports[len(READY) :]
            self._answer()
        while self._ready and b"\n" in self._reports:
            report, self._reports = self._reports.split(b"\n", 1)
            self._drain()
            self.progress.reported(report.decode("utf-8", "replace"))
            self._answer()
        return bool(data)

    def _answer(self) -> None:
        # It may die right after its report; then the missing next one will tell.
        with contextlib.suppress(BrokenPipeError):
            self.control.send(b"\n")
