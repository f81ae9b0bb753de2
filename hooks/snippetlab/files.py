"""Reading sources, and writing files so that one sees the old or the new, never a half."""

import os
import re
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from snippetlab.checkout import read, refuse_links
from snippetlab.errors import Cure, SourceError
from snippetlab.limits import TEXT

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
"""Of terminals, and of the direction of writing (Unicode Standard Annex 9)."""


def find_pages(directory: Path) -> Iterator[Path]:
    """The Markdown files below a directory, in the order of their paths.

    Hidden ones, such as an editor's locks and swap files, are no pages; MkDocs too says so.
    """
    for page in sorted(directory.rglob("*.md")):
        if not any(part.startswith(".") for part in page.relative_to(directory).parts):
            yield page


def read_source(path: Path, most: int = TEXT) -> str:
    """The text of a file that an author writes (see checkout.py).

    Raises SourceError if it is not UTF-8.
    """
    content = read(path, most)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        cure = Cure("utf-8", "Save it as UTF-8.")
        raise SourceError(path, line, "the file is not UTF-8", cure) from None


def refuse_controls(path: Path, text: str) -> None:
    """What an editor does not show, or shows elsewhere than it stands.

    Raises SourceError.
    """
    place, sign = _first_control(text)
    if sign:
        line = text.count("\n", 0, place) + 1
        message = f"a control character ({sign!r}) stands in the file"
        advice = f"Write it as an escape: ${sign!r} in bash, {sign!r} in Python."
        raise SourceError(path, line, message, Cure("control-character", advice))


@lru_cache(maxsize=512)  # pages are read again and again
def _first_control(text: str) -> tuple[int, str]:
    found = _CONTROL.search(text)
    return (found.start(), found[0]) if found else (0, "")


def write_source(path: Path, text: str) -> None:
    """Replace a file of the checkout. Raises SourceError where a link would lead out of it."""
    refuse_links(path)
    write_atomically(path, text.encode())


def write_atomically(path: Path, content: bytes) -> None:
    """Replace `path` by `content` in one step; an interruption leaves the old file whole.

    Raises OSError when the directory cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
