"""One script in a lab, as a snippet and as plain `bash file`.

Both are the second of a chain in a fresh instance of the lab. The first sees to it that the script's
shell gets the same process number in both. The script's file lies in the home directory in both, with
the same files beside it; input is /dev/null, standard output and standard error are one pipe.

What cannot be made equal: the plain run's parent is the shell that starts it, where the snippet's is
the first process of the stage (PPID, and what lists all processes).
"""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from unittest.mock import patch

from snippetlab.errors import SourceError
from snippetlab.labs import Lab
from snippetlab.labs.job import ENVIRONMENT
from snippetlab.labs.steps import OverdueError, RunError
from snippetlab.snippet.command import Command
from snippetlab.snippet.leaks import CURES
from snippetlab.snippet.program import LANGUAGES, Program
from tests.engine.oracle.case import Case, Ran

_FIRST = 1000
_NEXT = f"echo {_FIRST - 1} >/proc/sys/kernel/ns_last_pid\n"
"""So that the next process has the number `_FIRST`."""
_INTERPRETER = {".sh": "bash", ".py": "python3"}


def as_snippet(lab: Lab, case: Case) -> Ran:
    """Its steps' outputs one after another, and the status of the last."""
    try:
        program = _program(case.name, case.text, case)
    except SourceError as error:
        return Ran(refusal=str(error), began=False)
    return _run(lab, program)


def plainly(lab: Lab, case: Case) -> Ran:
    """The same of the command that a reader gives who runs the file."""
    variables = ENVIRONMENT | case.environment
    words = ["env", "-i", *(f"{name}={value}" for name, value in variables.items())]
    words += [_INTERPRETER[Path(case.name).suffix], case.name]
    # How a process ended that a signal ended, bash says itself, and the case does not.
    code = f"exec 8>&2 2>/dev/null\n{_NEXT}{shlex.join(words)} 2>&8 8>&- 9>&-\n"
    return _run(lab, _program("plain.sh", code, case))


def _program(name: str, code: str, case: Case) -> Program:
    path = Path(name)
    commands = tuple(map(_lenient, LANGUAGES[path.suffix](path, code)))
    files = {**case.files, case.name: case.text.encode()}
    program = Program(path, commands, files, case.timeout, case.limits, frozenset(CURES))
    if path.suffix == ".sh" and "source" in {field.name for field in fields(Program)}:
        program = replace(program, **{"source": code})
    return program


def _lenient(command: Command) -> Command:
    """The same, however it ends."""
    shell = command.shell and replace(
        command.shell, commands=tuple(map(_lenient, command.shell.commands))
    )
    return replace(command, expects=None, shell=shell)


def _run(lab: Lab, program: Program) -> Ran:
    first = Path("first.sh")
    prelude = Program(first, LANGUAGES[".sh"](first, _NEXT), {}, program.timeout, program.limits)
    try:
        with _raw():
            *_, transcript = lab.run([prelude, program])
    except OverdueError as error:
        return Ran(refusal=f"overdue: {error}")
    except RunError as error:
        return Ran(refusal=str(error))
    steps = transcript.steps
    return Ran(b"".join(step.output for step in steps), steps[-1].status)


@contextmanager
def _raw() -> Iterator[None]:
    """What is printed, not what a terminal would make of each step of it."""
    with patch("snippetlab.labs.steps.resolve_carriage_returns", lambda output: output):
        yield
