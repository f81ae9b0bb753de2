"""What the engine says when something is wrong: where, what, and the cure."""

import os
from pathlib import Path


class EngineError(Exception):
    """Something the user can mend; its text is all they need to see."""


class SourceError(EngineError):
    """A mistake in a file: `path:line: what is wrong`, then the cure on a line of its own."""

    def __init__(self, path: Path, line: int, message: str, cure: str) -> None:
        super().__init__(f"{display(path)}:{line}: {message}\n    {cure}")
        self.path = path
        self.line = line
        self._arguments = (path, line, message, cure)

    def __reduce__(self) -> tuple[type["SourceError"], tuple[Path, int, str, str]]:
        return type(self), self._arguments


class LabUnavailableError(EngineError):
    """A lab cannot run on this machine; the text says why and what would help."""


def display(path: Path) -> str:
    """The path as a person in the working directory would type it, if it lies below."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
