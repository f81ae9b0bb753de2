"""What a snippet asks a lab to do: its commands, in order."""

from collections.abc import Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Command:
    """One command of a snippet, before it runs; a Step is what comes of it."""

    text: str
    """As the page shows it."""
    line: int
    """Where it begins in the snippet's file, from 1."""
    prompt: str = "$"
    expects: int | None = 0
    """The exit status it must have; None for any."""
    otherwise: tuple[tuple[str, int | None], ...] = ()
    """Versions of the lab in which it must have another; see `in_version`."""
    settle: float = 0.0
    """Seconds in which it may be tried again until it ends as expected."""
    timeout: float = 0.0
    """Seconds that it may take, all its tries together; 0 for as long as the snippet may."""
    hidden: bool = False
    """Runs and is recorded, and is folded away on the page."""
    name: str = ""
    """An anchor that survives inserted steps."""
    outside: bool = False
    """Typed outside, while the shell in whose here-document it stands waits its turn."""
    typed: tuple[str, ...] = ()
    """What is typed when a program asks for it, a line each (see typing.py)."""
    shell: "NestedShell | None" = None
    """Set when the command opens a shell over a here-document."""
    last_line: int = 0
    """Where it ends in the file, here-documents included; 0 if it stands in none."""

    def flat(self) -> "Iterator[Command]":
        """This command and those inside it, in the order in which they begin."""
        yield self
        if self.shell:
            for inner in self.shell.commands:
                yield from inner.flat()

    def in_version(self, version: str) -> "Command":
        """As it is in that version of the lab: with the exit statuses that it must have there."""
        shell = self.shell
        if shell:
            inside = tuple(command.in_version(version) for command in shell.commands)
            shell = replace(shell, commands=inside)
        expects = dict(self.otherwise).get(version, self.expects)
        return replace(self, expects=expects, otherwise=(), shell=shell)


@dataclass(frozen=True)
class NestedShell:
    """A shell whose commands stand in a here-document."""

    opening: str
    """The command with its redirection: `unshare --uts bash <<'jail'`."""
    delimiter: str
    commands: tuple[Command, ...]
    program: str = "bash"
    """The shell's name, without the directory: `bash`, `dash`, `busybox sh`."""

    @property
    def takes_turns(self) -> bool:
        """Whether some of the commands are typed outside, in a second terminal."""
        return any(command.outside for command in self.commands)


def flatten(commands: tuple[Command, ...]) -> tuple[Command, ...]:
    """Every command, nested ones included, in the order in which they begin."""
    return tuple(inner for command in commands for inner in command.flat())
