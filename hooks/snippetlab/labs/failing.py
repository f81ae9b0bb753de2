"""What helps where a step failed, and where in the snippet's file that is."""

import re

from snippetlab.errors import Cure
from snippetlab.snippet.language import sign_of
from snippetlab.snippet.program import Program

_NO_INPUT = re.compile(r"^EOFError: EOF when reading a line$", re.MULTILINE)
"""As Python's `input` says it."""


def meant(program: Program, number: int, status: int) -> Cure:
    """How to say that this command, counted as `flatten` does, is meant to end so."""
    sign = sign_of(program.path)
    if program.path.name not in program.files:
        text = f"If it is meant to, end the command with a comment: {sign} ? {status}"
        return Cure("fails", text)
    if number + 1 < len(program.commands):
        text = "Mend it. To show that it fails, let a .sh snippet run this command, with the file"
        return Cure("fails-to-compile", f"{text} named in its header: # files = […]")
    text = f"If it is meant to, end the file with a comment: {sign} ? {status}"
    return Cure("fails-as-a-file", text)


def input_missing(printed: str) -> Cure | None:
    """What to do where a program waits for somebody to type."""
    if not _NO_INPUT.search(printed):
        return None
    text = "Nobody types here: let it read a file, or let a .sh snippet that names it in `files`"
    return Cure("no-input", f"{text} run it with a here-document, as in: python3 ask.py <<< Ada")


def line_in(program: Program, printed: str) -> int:
    """The line of the snippet's file that an interpreter or compiler complains of; 0 if none."""
    name = re.escape(program.path.name)
    if program.path.name not in program.files:
        return 0
    # The innermost call stands last, the first mistake first.
    calls = re.findall(rf'/{name}", line (\d{{1,9}})', printed)
    mistakes = re.findall(rf"^(?:\S*/)?{name}:(\d{{1,9}}):", printed, re.MULTILINE)
    return int((calls[-1:] or mistakes[:1] or [0])[0])
