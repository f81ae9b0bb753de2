"""The interpreter of a session: runs statements one after another, as at a prompt `>>>`.

It runs in the lab, whose Python judges the statements, and imports nothing of the engine. Its
argument is a file: {"nonce": …, "statements": […]}. After each statement it reports, and waits.
"""

import fcntl
import io
import json
import os
import sys
import types
from code import InteractiveInterpreter
from importlib import import_module
from pathlib import Path
from typing import Any

_Interpreter: Any
try:  # what `python3` runs in a terminal from 3.13 on; its tracebacks name inputs, and quote them
    _Interpreter = import_module("_pyrepl.console").InteractiveColoredConsole
    _INPUT = "<python-input-{}>"
except ImportError:
    _Interpreter, _INPUT = InteractiveInterpreter, "<stdin>"

_REPORTS, _ANSWERS = 9, 8
"""Where reports go and answers come from; see session.py."""


def _aside(descriptor: int) -> int:
    """Out of the way of the numbers that statements are to get, and of what they start."""
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 200)
    os.close(descriptor)
    return moved


class _Lab:
    """Who reads the reports."""

    def __init__(self, nonce: str) -> None:
        self._nonce = nonce
        self._reports, self._answers = _aside(_REPORTS), _aside(_ANSWERS)

    def report(self, number: int, status: int) -> None:
        """Say that a statement has ended."""
        os.write(self._reports, f"{self._nonce} done {number} {status}\n".encode())

    def wait(self) -> None:
        """Wait until all that the statement printed has been taken."""
        while os.read(self._answers, 1) not in (b"\n", b""):
            pass


class _Session(_Interpreter):  # type: ignore[misc]
    """An interpreter that knows whether a statement has raised an exception."""

    def __init__(self) -> None:
        module = types.ModuleType("__main__")
        super().__init__(vars(module))
        sys.modules["__main__"] = module
        sys.argv, sys.path[0] = [""], ""
        vars(sys).update(ps1=">>> ", ps2="... ")
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(line_buffering=True)
        self.status = 0

    def run(self, number: int, statement: str) -> None:
        """Run it; it prints its value, or the exception that it raises."""
        self.status = 0
        self.runsource(f"{statement}\n", _INPUT.format(number), "single")
        sys.stdout.flush()
        sys.stderr.flush()

    def showtraceback(self) -> None:
        self.status = 1
        super().showtraceback()

    def showsyntaxerror(self, filename: str | None = None, **about: Any) -> None:
        self.status = 1
        super().showsyntaxerror(filename, **about)


def main(place: str) -> None:
    """Run the statements of a file."""
    job: Any = json.loads(Path(place).read_text(encoding="utf-8"))
    lab, session, own = _Lab(job["nonce"]), _Session(), os.getpid()
    for number, statement in enumerate(job["statements"]):
        session.run(number, statement)
        if os.getpid() != own:  # a child that did not end where it was made
            os._exit(session.status)
        lab.report(number, session.status)
        lab.wait()


if __name__ == "__main__":
    main(sys.argv[1])
