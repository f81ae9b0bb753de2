"""A Python snippet's text → its only command, or the statements of a session.

Whether it is Python, the lab's own says when it runs.
"""

from pathlib import Path

from snippetlab.errors import Cure, SourceError
from snippetlab.snippet import session, source
from snippetlab.snippet.command import Command
from snippetlab.transcript import INTERPRETER


def parse(path: Path, code: str) -> tuple[Command, ...]:
    """One command that runs the whole file. Raises SourceError for what was typed at a prompt."""
    _refuse_prompts(path, code)
    return source.commands(path, code, "#", ("python3 {name}",))


def statements(path: Path, code: str) -> tuple[Command, ...]:
    """The statements at the top level, as `session.parse` finds them."""
    _refuse_prompts(path, code)
    return session.parse(path, code)


def _refuse_prompts(path: Path, code: str) -> None:
    lines = (line for line in enumerate(code.split("\n"), 1) if line[1].strip())
    number, first = next(lines, (1, ""))
    if first.startswith(f"{INTERPRETER} "):
        text = "Take out the prompts and what was printed, and say in the header: # session = true"
        message = "a prompt is no part of a Python file"
        raise SourceError(path, number, message, Cure("python-prompt", text))
