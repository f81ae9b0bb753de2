"""Commands → the script that a lab runs.

Between any two commands the script reports over a private descriptor which one has ended and
how, and waits for the answer; so output can be told apart without prompts, timing or a terminal.

Where a shell inside and the one outside take turns, the shell inside runs in the background,
and two pipes carry the turn to and fro; only one of the two is ever at work.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from snippetlab.snippet.command import Command, NestedShell

CONTROL = 9
"""The descriptor between script and lab; a single digit, since dash knows no other."""
_INSIDE, _OUTSIDE = 7, 8
"""The descriptors from which the two shells of a pair take their turn."""

# POSIX, for the shells inside: report, wait for the answer, and leave $? as it was.
_REPORT = (
    "__step() {{ local status=$? answer; printf '{nonce} %s %s\\n' \"$1\" $status >&{fd};"
    " read -r answer <&{fd}; return $status; }}"
)
AGAIN = "again"
"""The answer to a report that lets the command be tried again."""
_SETTLE_REPORT = (
    "printf '{nonce} done {number} %s\\n' $? >&{fd}; read -r __answer <&{fd};"
    ' [ "$__answer" != {again} ]; }}; do sleep 0.05; done'
)


@dataclass(frozen=True)
class Reports:
    """How a script reports: the function that does, and what ends a command that may settle."""

    function: str
    settle: str


REPORTS = Reports(_REPORT, _SETTLE_REPORT)
# bash, for the shell outside: the pipes, and waiting for a turn as long as the inside lives.
_PAIR = (
    f"exec {_INSIDE}<> <(:) {_OUTSIDE}<> <(:)\n"
    f"__turn() {{ until read -t 0.2 -r __answer <&{_OUTSIDE}; do"
    " kill -0 $__inside 2>/dev/null || return; done; }"
)


def script(commands: tuple[Command, ...], nonce: str, reports: Reports = REPORTS) -> str:
    """The commands with a report after each; reports count commands as `flatten` does."""
    lines = _scripted(commands, _Reporting(reports, nonce))
    # A last step that fails, as announced, is no failure of the script.
    return "\n".join((*lines, "true")) + "\n"


def events(commands: tuple[Command, ...]) -> list[tuple[str, int]]:
    """The reports that a run must send, in order: ("enter", 1), ("done", 2), …"""
    return list(_events(commands, itertools.count()))


def _events(commands: Iterable[Command], numbers: Iterator[int]) -> Iterator[tuple[str, int]]:
    for command in commands:
        number = next(numbers)
        if command.shell:
            yield "enter", number
            yield from _events(command.shell.commands, numbers)
        yield "done", number


@dataclass(frozen=True)
class _Reporting:
    reports: Reports
    nonce: str
    numbers: Iterator[int] = field(default_factory=itertools.count)

    @property
    def function(self) -> str:
        return self.reports.function.format(nonce=self.nonce, fd=CONTROL)

    def settle(self, number: int) -> str:
        return self.reports.settle.format(nonce=self.nonce, number=number, fd=CONTROL, again=AGAIN)


def _scripted(commands: Sequence[Command], reporting: _Reporting) -> Iterator[str]:
    yield reporting.function
    yield from _reported(commands, reporting)


def _reported(commands: Iterable[Command], reporting: _Reporting) -> Iterator[str]:
    for command in commands:
        number = next(reporting.numbers)
        if command.shell and command.shell.takes_turns:
            yield from _pair(command.shell, number, reporting)
            continue
        if command.shell:
            yield command.shell.opening
            inner = _scripted(command.shell.commands, reporting)
            yield next(inner)
            yield f"__step 'enter {number}'"
            yield from inner
            yield command.shell.delimiter
        elif command.settle:
            yield "until { " + command.text
            yield reporting.settle(number)
            continue
        else:
            yield command.text
        yield f"__step 'done {number}'"


def _pair(shell: NestedShell, number: int, reporting: _Reporting) -> Iterator[str]:
    inside = [reporting.function, f"__step 'enter {number}'"]
    outside: list[str] = []
    for is_outside, group in itertools.groupby(shell.commands, lambda command: command.outside):
        lines = _reported(group, reporting)
        if is_outside:
            inside.append(f"echo >&{_OUTSIDE}; read -r __answer <&{_INSIDE}")
            outside += ["__turn", *lines, f"echo >&{_INSIDE}"]
        else:
            inside += lines
    document = shell.opening.rindex("<<")
    head, tail = shell.opening[:document], shell.opening[document:]
    yield _PAIR
    yield head + re.sub(r"^<<\s*\S+", r"\g<0> &", tail)
    yield from (*inside, shell.delimiter, "__inside=$!", *outside, "wait $__inside")
    yield f"__step 'done {number}'"
    yield f"exec {_INSIDE}>&- {_OUTSIDE}>&-"
