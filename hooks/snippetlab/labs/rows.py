"""The lines of a script, as they are given to its shells."""

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from snippetlab.snippet.command import Command
from snippetlab.snippet.program import Program


@dataclass
class Rows:
    """Hands out the lines of one shell; rows count from 1, in the file.

    Rows that are passed over are made up for by blank lines, so that the shell counts its lines
    as if it had read them all.
    """

    lines: Sequence[str]
    start: int = 1
    """Of the shell's first line."""
    position: int = 1
    """Of the next line."""
    given: int = 0
    """How many lines the shell has been given, as it counts them."""

    def upto(self, last: int) -> str:
        """The lines up to the row `last`, each with its end."""
        taken = self.lines[self.position - 1 : last]
        if not taken:
            return ""
        lines = [""] * max(0, self.position - self.start - self.given) + list(taken)
        self.position = last + 1
        self.given += len(lines)
        return "".join(f"{line}\n" for line in lines)

    def catch_up(self) -> int:
        """By how many lines the shell is ahead of the file; it will not be any more."""
        ahead = max(0, self.given - (self.position - self.start))
        self.given -= ahead
        return ahead

    def below(self) -> "Rows":
        """Those that follow, for a shell that begins there."""
        return Rows(self.lines, self.position, self.position)


def exports(program: Program) -> str:
    """Sets its environment, before the first line and on it."""
    pairs = program.environment.items()
    return "".join(f"export {name}={shlex.quote(value)}; " for name, value in pairs)


def laid_out(program: Program) -> tuple[Sequence[str], Sequence[Command]]:
    """The script's lines, and its commands with their rows among them."""
    if program.source:
        return program.source.rstrip("\n").split("\n"), program.commands
    lines: list[str] = []
    commands = list(_laid(program.commands, lines))
    return lines, commands


def _laid(commands: Sequence[Command], lines: list[str]) -> Iterator[Command]:
    """Add the lines of commands that stand in no file."""
    for command in commands:
        first = len(lines) + 1
        shell = command.shell
        lines += (shell.opening if shell else command.text).split("\n")
        if shell:
            shell = replace(shell, commands=tuple(_laid(shell.commands, lines)))
            lines.append(shell.delimiter)
        yield replace(command, line=first, last_line=len(lines), shell=shell)
