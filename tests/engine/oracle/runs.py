"""One script in a lab, as a snippet and as plain `bash file`.

Both are the second of a chain in a fresh instance of the lab; the first sees to it that the
script's shell has the same process number in both. The whole file lies in the home directory in
both, header and all, with the same files beside it; the environment is the same, input is
/dev/null, standard output and standard error are one pipe, and no other descriptor is open.

What cannot be made equal: the parent. The snippet's is the first process of the stage, that of
the plain run is the shell that starts it (PPID, and what lists all processes). Nor can what no
two runs have in common, such as the number of that pipe.
"""

import shlex
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from snippetlab.errors import SourceError
from snippetlab.labs import Lab
from snippetlab.labs.failing import OverdueError, RunError
from snippetlab.labs.job import ENVIRONMENT
from snippetlab.labs.steps import Steps
from snippetlab.snippet.command import Command
from snippetlab.snippet.leaks import CURES
from snippetlab.snippet.program import Program, compile_snippet
from snippetlab.snippet.snippet import read_snippet
from snippetlab.transcript import Transcript
from tests.engine.oracle.case import ENDLESS, Case, Ran, headed

_STARTS, _SCRIPT = 900, 1000
"""Process numbers of the shell that starts a plain run, and of the case's own shell."""
_ENDED_EARLY = Steps._ended_early
_INTERPRETERS = {".sh": "bash", ".py": "python3"}


class Refused(Exception):  # noqa: N818
    """The engine does not take a file, and says why."""


def as_snippet(lab: Lab, case: Case) -> Ran:
    """Its steps' outputs one after another, and the status of the last."""
    try:
        program = _program(case, case.name, case.code)
    except Refused as error:
        return Ran(refusal=str(error), began=False)
    return _run(lab, program, _SCRIPT)


def plainly(lab: Lab, case: Case, *options: str) -> Ran:
    """What comes of the command that a reader gives who runs the file."""
    variables = {**ENVIRONMENT, **_own(case)}
    words = ["env", "-i", *(f"{name}={value}" for name, value in variables.items())]
    words += [_INTERPRETERS[Path(case.name).suffix], *options, case.name]
    # Of a process that a signal has ended, bash says so, which the case itself does not.
    code = f"exec 8>&2 2>/dev/null\n{_next(_SCRIPT)}{shlex.join(words)} 2>&8 8>&- 9>&-\n"
    return _run(lab, _program(case, "plain.sh", code), _STARTS)


def _own(case: Case) -> Mapping[str, str]:
    """The variables of its language, such as the one that has Python print as to a terminal."""
    try:
        return _program(case, case.name, case.code).environment
    except Refused:
        return {}


def _program(case: Case, name: str, code: str) -> Program:
    """As the engine makes one of a file; but no step is wrong, however it ends."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, name)
        path.write_bytes(headed(code).encode("utf-8", "surrogateescape"))
        try:
            program = compile_snippet(read_snippet(path, path.parent))
        except SourceError as error:
            raise Refused(str(error).removeprefix(f"{directory}/")) from None
    return replace(
        program,
        path=Path(name),
        commands=tuple(map(_lenient, program.commands)),
        files={
            **case.files,
            **program.files,
            case.name: case.text.encode("utf-8", "surrogateescape"),
        },
        timeout=case.timeout,
        limits=case.limits,
        leaves=frozenset(CURES),
    )


def _lenient(command: Command) -> Command:
    inner = command.shell and tuple(map(_lenient, command.shell.commands))
    shell = command.shell and replace(command.shell, commands=inner or ())
    return replace(command, expects=None, shell=shell)


def _next(number: int) -> str:
    """The line that gives the next process this number."""
    return f"echo {number - 1} >/proc/sys/kernel/ns_last_pid\n"


def _run(lab: Lab, program: Program, number: int) -> Ran:
    """A program whose shell has this process number."""
    first = Case("first.sh", _next(number), timeout=program.timeout, limits=program.limits)
    prelude = replace(_program(first, first.name, first.code), files={})
    try:
        *_, transcript = lab.run([prelude, program])
    except _NestedEndedError as ended:
        transcript = ended.transcript
    except OverdueError:
        return Ran(refusal=ENDLESS)
    except RunError as error:
        return Ran(refusal=str(error))
    steps = transcript.steps
    return Ran(b"".join(step.output for step in steps), steps[-1].status)


class _NestedEndedError(RunError):
    """A nested shell has ended before its last step."""

    transcript: Transcript


def _ended_early(steps: Steps, number: int, status: int) -> RunError:
    error = _ENDED_EARLY(steps, number, status)
    if not error.message.startswith("the shell ended"):
        return error
    ended = _NestedEndedError(error.path, error.line, error.message, error.cure)
    ended.transcript = steps.so_far(status)
    return ended


@contextmanager
def as_it_came() -> Iterator[None]:
    """What runs meanwhile is neither judged nor made readable.

    Of each step the bytes count, not what a terminal would make of them; and where the shell, or
    one inside it, ends before its last step, what came until then, and its status.
    """
    with (
        patch("snippetlab.labs.outcome.as_left", lambda output: output),
        patch.object(Steps, "_ended_early", _ended_early),
        patch.object(Steps, "transcript", Steps.so_far),
    ):
        yield
