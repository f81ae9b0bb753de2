"""Reading sources, and writing files so that one sees the old or the new, never a half."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from snippetlab.checkout import read
from snippetlab.errors import Cure, SourceError
from snippetlab.limits import TEXT


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
