"""A Python snippet's text → its only command."""

from pathlib import Path

from snippetlab.errors import Cure, SourceError
from snippetlab.snippet.command import Command


def parse(path: Path, code: str) -> tuple[Command, ...]:
    """One command that runs the whole file.

    Raises SourceError where the text is no Python.
    """
    try:
        compile(code, path.name, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        message = f"this is no Python: {error}"
        cure = Cure("python-syntax", f"Check it with `python3 -m py_compile {path.name}`.")
        raise SourceError(path, line, message, cure) from None
    first = next((n for n, text in enumerate(code.split("\n"), 1) if text.strip()), 1)
    return (Command(f"python3 {path.name}", first),)
