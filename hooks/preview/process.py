"""A process that builds one language once.

Started ahead, it has imported all that it needs when its job comes.
"""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from preview.job import Job
from reading.languages import Language

HOOKS = Path(__file__).resolve().parents[1]


class Process:
    """Starts it; with `begin` it builds."""

    def __init__(self, language: Language) -> None:
        # What snippets print is compared once, not once for each language at the same time.
        recorded = {"SNIPPETS": "recorded"} if language.below else {}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "preview.build", language.configuration],
            cwd=HOOKS.parent,
            env=os.environ | {"PYTHONPATH": str(HOOKS)} | recorded,
            stdin=subprocess.PIPE,
            start_new_session=True,  # to be ended with whatever it has started, and only by us
            text=True,
        )

    @property
    def status(self) -> int | None:
        """None as long as it runs; negative for the signal that ended it."""
        return self._process.poll()

    def begin(self, job: Job) -> None:
        """One that has ended meanwhile is found out by its status."""
        assert self._process.stdin
        with suppress(BrokenPipeError):
            self._process.stdin.write(job.written())
            self._process.stdin.flush()

    def end(self) -> None:
        """With all that it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        assert self._process.stdin
        with suppress(BrokenPipeError):
            self._process.stdin.close()
