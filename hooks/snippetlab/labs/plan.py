"""Commands → a plan: what is given to which shell of a run, and what comes back.

The script is *fed* (see follow.c). A shell gets the lines of one step, as they stand in the file,
and behind them a NUL, which bash skips; it takes that when it has run all before it: it *asks* for
more. So nothing is put between a script's commands, and bash itself says where one ends.

A nested bash reads from a pipe of its own instead of a here-document, and asks likewise; blank
lines stand in for the here-document, so that the lines after it keep their numbers. A shell that
is no bash reads far ahead, and tells nobody how a command ended. It *reports*: its here-document
calls a function between the commands, which says so and waits.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from snippetlab.snippet.command import Command

AGAIN = "again"
"""The answer to a report that lets the command be tried again."""
FED, REPORTING, AT_TERMINAL = "f", "r", "t"
"""The kinds of shells; the script's own is fed, be it at a terminal or not."""


@dataclass(frozen=True)
class Portion:
    """What one shell is given at once, and what is reported when the awaited shell asks."""

    shell: int
    give: str
    awaits: int
    report: str
    """`done 3`, or `enter 1` for a nested shell that asks for the first time."""
    back: int = 0
    """Lines that were given and are not in the file: the shell's count is set back by them."""
    closes: int = -1
    """The shell that gets no more: this one when it has been given all, another at once."""
    waits: bool = False
    """`give` is to wait for the job that the shell has begun last."""


@dataclass(frozen=True)
class Plan:
    """How a script is run."""

    directory: str
    """Where the pipes of its nested shells are."""
    name: str
    nonce: str
    """What a report begins with, so that no step sends one by accident."""
    shells: Sequence[str]
    """Whether each is fed or reports; the first one is the script's own."""
    portions: Sequence[Portion]
    apart: bool = False
    """Whether standard error gets a pipe of its own."""

    def __str__(self) -> str:
        """As plan.c and follow.py read it: texts, each with a NUL behind it."""
        texts = [self.directory, self.name, self.nonce, "apart" * self.apart]
        texts += [str(len(self.shells)), *self.shells]
        texts.append(str(len(self.portions)))
        for p in self.portions:
            numbers = (p.shell, p.awaits, p.back, p.closes, int(p.waits))
            texts += [" ".join(map(str, numbers)), p.report, p.give]
        return "".join(f"{text}\0" for text in texts)


def events(commands: Sequence[Command]) -> list[tuple[str, int]]:
    """The reports that a run must send, in order: ("enter", 1), ("done", 2), …"""
    return list(_events(commands, itertools.count()))


def _events(commands: Sequence[Command], numbers: Iterator[int]) -> Iterator[tuple[str, int]]:
    for command in commands:
        number = next(numbers)
        if command.shell:
            yield "enter", number
            yield from _events(command.shell.commands, numbers)
        yield "done", number
