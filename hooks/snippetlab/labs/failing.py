"""Errors of a run, what helps where a step failed, and where in the snippet's file that is."""

import os
import re
from functools import reduce

from snippetlab.errors import Cure, SourceError
from snippetlab.snippet.language import sign_of
from snippetlab.snippet.program import Program

_NO_NETWORK = re.compile(
    "Temporary failure in name resolution|Could not resolve host|Network is unreachable"
    "|[Bb]ad address|Name or service not known|dial tcp.*(?:no such host|server misbehaving)"
)
"""As programs say it who look for a host that is not this one."""
NOT_FOUND = re.compile(r": ([^\s:/]+): (?:command )?not found$", re.MULTILINE)
"""As bash and dash say it."""
_NO_INPUT = re.compile(r"^EOFError: EOF when reading a line$", re.MULTILINE)
"""As Python's `input` says it."""
CURE_ENDED = Cure(
    "shell-of-its-own",
    "Run what ends a shell in one of its own, such as ( exit 3 ) or bash -c '…'.",
)
CURE_REPORT = Cure("lab-report", "Do not write to the lab's own pipes in /run/lab.")
CURE_UNREAD = Cure(
    "typed-unread",
    "Take out its comments `# typed:` that nothing asks for; `\\c` ends one without the Enter key.",
)
WAITS = "this step waits for input that nobody types"
CURE_WAITS = Cure(
    "nobody-types", "Type it in a comment on a line of its own after the step: # typed: yes"
)


class RunError(SourceError):
    """A run that must not be recorded: a step failed, hung, flooded or ended its shell."""

    def because(self, *why: Cure) -> "RunError":
        """The same with more advice before its own."""
        path, line, message, cure = self._arguments
        return type(self)(path, line, message, reduce(Cure.also, (*why, cure)))


class OverdueError(RunError):
    """A run that took longer than it may; perhaps only because the machine was busy."""

    def even_alone(self) -> "OverdueError":
        """The same, said of a run that was tried again when no other was there."""
        path, line, message, cure = self._arguments
        first, *quoted = message.split("\n")
        load, processors = os.getloadavg()[0], os.cpu_count() or 1
        busy = Cure(
            "less-busy",
            f"Or try again when this machine is less busy: its load is {load:.1f}"
            f" on {processors} processor{'s' * (processors > 1)}.",
        )
        said = "\n".join((f"{first}, also alone", *quoted))
        return OverdueError(path, line, said, cure.also(busy))


class MissingCommandError(RunError):
    """A step failed since the shell did not find a command."""

    @property
    def command(self) -> str:
        """Its name; empty where the error does not quote the line that has it."""
        names: list[str] = NOT_FOUND.findall(self._arguments[2])
        return names[-1] if names else ""


def advice(program: Program, number: int, status: int, printed: str) -> Cure:
    """What to do about a command, counted as `flatten` does, that failed and was not meant to."""
    meant = _meant(program, number, status)
    if _NO_NETWORK.search(printed):
        cure = Cure(
            "no-network",
            "No lab reaches a network. Put what it fetches into a file beside the snippet,"
            ' named in its header: # files = ["…"]',
        )
        return cure.also(meant)
    if _NO_INPUT.search(printed):
        cure = Cure(
            "no-input",
            "Nobody types here: let it read a file, or let a .sh snippet that names it in `files`"
            " run it with a here-document, as in: python3 ask.py <<< Ada",
        )
        return cure.also(meant)
    return meant


def _meant(program: Program, number: int, status: int) -> Cure:
    """How to say that this command is meant to end so."""
    sign = sign_of(program.path)
    if program.path.name not in program.files:
        text = f"If it is meant to, end the command with a comment: {sign} ? {status}"
        return Cure("fails", text)
    if number + 1 < len(program.commands):
        text = "Mend it. To show that it fails, let a .sh snippet run this command, with the file"
        return Cure("fails-to-compile", f"{text} named in its header: # files = […]")
    text = f"If it is meant to, end the file with a comment: {sign} ? {status}"
    return Cure("fails-as-a-file", text)


def line_in(program: Program, printed: str) -> int:
    """The line of the snippet's file that an interpreter or compiler complains of; 0 if none."""
    name = re.escape(program.path.name)
    if program.path.name not in program.files:
        return 0
    # The innermost call stands last, the first mistake first.
    calls = re.findall(rf'/{name}", line (\d{{1,9}})', printed)
    mistakes = re.findall(rf"^(?:\S*/)?{name}:(\d{{1,9}}):", printed, re.MULTILINE)
    return int((calls[-1:] or mistakes[:1] or [0])[0])


def unfollowed(why: str) -> tuple[str, Cure]:
    """What it means that a lab says this instead of how a step ended."""
    return _UNFOLLOWED.get(why, ("a report of this step cannot be read", CURE_REPORT))


_UNFOLLOWED = {
    "unread": ("not all that was typed into this step was read", CURE_UNREAD),
    "unfinished": (
        "bash reads the lines after this step as a part of it",
        Cure(
            "step-unfinished",
            "Write out what an alias or an option of the shell makes of it there.",
        ),
    ),
    "taken": (
        "a program of this step reads the lines after it, which are the shell's",
        Cure("lines-taken", "Give it something else to read: < /dev/null"),
    ),
    "gone": (
        "the shell that takes turns with this one has ended early",
        Cure("shell-gone", "Look at what it printed, and let all of its commands succeed."),
    ),
    "lost": (
        "the shell of this step is no bash that can be followed",
        Cure("shell-lost", "Start it as bash, or as another shell by that one's own name."),
    ),
}
"""What a lab says instead of how a step ended → what that means."""
