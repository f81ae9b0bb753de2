"""What the engine says when something is wrong: where, what, and the cure."""

from __future__ import annotations  # so that tools/needs.py starts with any Python

import os
import re
from collections.abc import Iterable
from pathlib import Path

from snippetlab.say import in_one_line, printable

_QUOTED = re.compile(r"\n(?!    \| )")
"""Where a message goes on in another line that does not quote output."""


class Cure(str):
    """The command or edit that mends a mistake, as text for people.

    A test marked `@pytest.mark.cure(ID)` makes the mistake, does what the text says, and sees
    that all is well; an id without such a test fails (tests/tools/test_cures.py).
    """

    __slots__ = ("id",)
    id: str

    def __new__(cls, id_: str, *lines: str) -> Cure:
        """`id_` is a literal, lower-case words joined by hyphens, and stands once in the code.

        What a cure quotes cannot begin a line of its own.
        """
        cure = super().__new__(cls, "\n".join(map(in_one_line, lines)))
        cure.id = id_
        return cure

    def also(self, other: Cure) -> Cure:
        """Both, each on lines of its own."""
        both = str.__new__(Cure, f"{self}\n{other}")
        both.id = f"{self.id} {other.id}"
        return both

    def saying(self, old: str, new: str) -> Cure:
        """The same with one word for another."""
        other = str.__new__(Cure, self.replace(old, new))
        other.id = self.id
        return other

    def __getnewargs__(self) -> tuple[str, ...]:  # type: ignore[override] # of one argument
        return self.id, *self.split("\n")


class EngineError(Exception):
    """Something the user can mend; its text is all they need to see."""

    def __init__(self, message: str, cure: Cure | None = None) -> None:
        """The cure gets lines of its own, indented; all of it is made printable."""
        message = printable(message)
        super().__init__("\n    ".join((message, *cure.split("\n"))) if cure else message)

    @property
    def in_one_line(self) -> str:
        """For a log, or for a sentence."""
        return " ".join(str(self).split())


class SourceError(EngineError):
    """A mistake in a file: `path:line: what is wrong`, then the cure on a line of its own."""

    def __init__(self, path: Path, line: int, message: str, cure: Cure) -> None:
        message = _QUOTED.sub(r"\\n", printable(message))
        super().__init__(f"{display(path)}:{line}: {message}", cure)
        self.path = path
        self.line = line
        self.message = message
        self.cure = cure
        self._arguments = (path, line, message, cure)

    def __reduce__(self) -> tuple[type[SourceError], tuple[Path, int, str, Cure]]:
        return type(self), self._arguments


class SourcesError(EngineError):
    """Several mistakes, said at once."""

    def __init__(self, errors: Iterable[SourceError]) -> None:
        self.errors = tuple(dict.fromkeys(errors))
        super().__init__("\n".join(map(str, self.errors)))

    def __reduce__(self) -> tuple[type[SourcesError], tuple[tuple[SourceError, ...]]]:
        return type(self), (self.errors,)


def raise_all(errors: Iterable[SourceError]) -> None:
    """Raise what was found wrong: nothing, the one mistake, or all of them as one error."""
    found = tuple(dict.fromkeys(errors))
    if found:
        raise found[0] if len(found) == 1 else SourcesError(found)


class LabUnavailableError(EngineError):
    """A lab cannot run on this machine; the text says why and what would help."""


def display(path: Path) -> str:
    """The path as a person in the working directory would type it, if it lies below."""
    relative = os.path.relpath(path)
    return in_one_line(str(path) if relative.startswith("..") else relative)
