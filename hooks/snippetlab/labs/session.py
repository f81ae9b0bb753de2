"""The interpreter of a session: runs statements one after another, as at a prompt `>>>`.

It runs in the lab, whose Python judges the statements, and imports nothing of the engine. Its
argument is a file: {"nonce": …, "statements": […]}. After each statement it reports, and waits.
"""

from __future__ import annotations
import __future__

import builtins
import io
import json
import linecache
import os
import sys
import types
from pathlib import Path
from typing import Any

_CONTROL = 9
"""Where reports go and answers come from; snippetlab.labs.shell.CONTROL."""
_NAMES_INPUTS = sys.version_info >= (3, 13)
"""Whether tracebacks say which input they are about, and quote it."""


class _Lab:
    """Who reads the reports."""

    def __init__(self, nonce: str) -> None:
        self._nonce = nonce
        # Children get it no more than they get it from a shell that keeps it to itself.
        self._control = os.dup(_CONTROL)
        os.close(_CONTROL)

    def report(self, number: int, status: int) -> None:
        """Say that a statement has ended."""
        os.write(self._control, f"{self._nonce} done {number} {status}\n".encode())

    def wait(self) -> None:
        """Wait until all that the statement printed has been taken."""
        while os.read(self._control, 1) not in (b"\n", b""):
            pass


class _Interpreter:
    """What is known between statements."""

    def __init__(self) -> None:
        module = types.ModuleType("__main__")
        self._names = vars(module)
        self._names["__builtins__"] = builtins
        self._flags = 0
        sys.modules["__main__"] = module
        sys.argv, sys.path[0] = [""], ""
        sys.ps1, sys.ps2 = ">>> ", "... "
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(line_buffering=True)

    def run(self, number: int, source: str) -> int:
        """Run a statement and print its value, or the exception that it raises; 1 for one."""
        name = f"<python-input-{number}>" if _NAMES_INPUTS else "<stdin>"
        if _NAMES_INPUTS:
            linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        try:
            code = compile(source, name, "single", self._flags, dont_inherit=True)
        except (SyntaxError, OverflowError, ValueError) as error:
            self._tell(error, None)
            return 1
        for feature in __future__.all_feature_names:
            flag = getattr(__future__, feature).compiler_flag
            self._flags |= code.co_flags & flag
        try:
            exec(code, self._names)
        except SystemExit:
            raise
        except BaseException as error:
            self._tell(error, error.__traceback__ and error.__traceback__.tb_next)
            return 1
        return 0

    def _tell(self, error: BaseException, traceback: types.TracebackType | None) -> None:
        sys.last_type, sys.last_value, sys.last_traceback = type(error), error, traceback
        vars(sys)["last_exc"] = error
        sys.excepthook(type(error), error.with_traceback(traceback), traceback)


def main(place: str) -> None:
    """Run the statements of a file."""
    job: Any = json.loads(Path(place).read_text(encoding="utf-8"))
    lab, interpreter, own = _Lab(job["nonce"]), _Interpreter(), os.getpid()
    for number, source in enumerate(job["statements"]):
        status = interpreter.run(number, f"{source}\n")
        sys.stdout.flush()
        sys.stderr.flush()
        if os.getpid() != own:  # a child that did not end where it was made
            os._exit(status)
        lab.report(number, status)
        lab.wait()


if __name__ == "__main__":
    main(sys.argv[1])
