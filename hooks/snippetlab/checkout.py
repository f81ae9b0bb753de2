"""The one place that reads what a contributor sends: regular files of the checkout, not too large.

A link may lead to files of whoever builds, a device has no end, and a pipe lets its reader wait.
So a file is opened once, from the checkout's root downwards, through no link, not even through one
that stays inside: what it leads to could change with another file.
"""

import errno
import os
import shlex
import stat
import string
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from snippetlab.errors import Cure, SourceError
from snippetlab.limits import ASSET, TEXT
from snippetlab.project import SITES

_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_DIRECTORY = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY | os.O_CLOEXEC


def read(path: Path, most: int = TEXT) -> bytes:
    """The content of a file of the checkout. Raises FileNotFoundError where there is none.

    Raises SourceError for a link on the way to it, for what is no regular file, for one of more
    than `most` bytes, and for a name that cannot be printed.
    """
    descriptor = _open(path)
    try:
        status = os.fstat(descriptor)
        if fault := _fault(path, status, most):
            raise fault
        content = os.read(descriptor, status.st_size + 1)
        # A read may give less than there is, and a file may grow.
        while (more := os.read(descriptor, most + 1 - len(content))) and len(content) <= most:
            content += more
        if len(content) > most:
            raise _too_large(path, len(content), most)
    finally:
        os.close(descriptor)
    return content


def refuse_links(path: Path) -> None:
    """Raise SourceError for a link on the way to a file that is to be written, or in its place."""
    text = os.path.abspath(path)  # noqa: PTH100
    root = _root(os.path.dirname(text))  # noqa: PTH120
    for place in (path, *path.parents):
        if len(str(place)) > len(root) and place.is_symlink():
            raise _is_link(place)


def faults(root: Path, names: Iterable[str]) -> Iterator[SourceError]:
    """What of these paths below the root must not be handed to a program that follows links."""
    for name in names:
        path = root / name
        try:
            status = path.lstat()
        except FileNotFoundError:
            continue
        # Emacs locks what is being edited by a link to nothing, beside it.
        if path.name.startswith(".#") and path.is_symlink() and not path.exists():
            continue
        if fault := _fault(path, status, ASSET):
            yield fault


def names_below(root: Path, directory: str) -> Iterator[str]:
    """Paths below the root of all that lies in one of its directories, and of that itself."""
    yield directory
    if (root / directory).is_symlink():
        return
    for place, directories, files in os.walk(root / directory):
        below = os.path.relpath(place, root)
        yield from (f"{below}/{name}" for name in (*directories, *files))


def _open(path: Path) -> int:
    text = os.path.abspath(path)  # noqa: PTH100 # as text, for speed; it resolves no link
    root = _root(os.path.dirname(text))  # noqa: PTH120
    *directories, name = text[len(root) :].lstrip("/").split("/")
    place = root
    sys.audit("snippetlab.read", text)  # what is told of opening below has only the name
    directory = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in directories:
            place += f"/{part}"
            below = os.open(part, _DIRECTORY, dir_fd=directory)
            os.close(directory)
            directory = below
        place = text
        return os.open(name, _FLAGS, dir_fd=directory)
    except OSError as error:
        if os.path.islink(place):  # noqa: PTH114
            raise _is_link(Path(place)) from None
        if error.errno == errno.ENXIO:
            raise _is_special(path) from None
        raise OSError(error.errno, error.strerror, text) from None
    finally:
        os.close(directory)


@lru_cache(maxsize=4096)
def _root(directory: str) -> str:
    """The outermost directory above a file that is one of a site; else its own.

    The outermost, since a pull request could make another one inside, beyond a link.
    """
    above = (directory, *map(str, Path(directory).parents))
    found = [p for p in above if any(os.path.lexists(f"{p}/{name}") for name in SITES)]
    return found[-1] if found else directory


def _fault(path: Path, status: os.stat_result, most: int) -> SourceError | None:
    if not path.name.isprintable() or path.name.startswith("-"):
        cure = Cure("checkout-name", f"Rename it: mv -- {_typed(path)} NEW")
        return SourceError(path, 1, "its name could not be printed, or be an argument", cure)
    if stat.S_ISLNK(status.st_mode):
        return _is_link(path)
    if stat.S_ISDIR(status.st_mode):
        return None
    if not stat.S_ISREG(status.st_mode):
        return _is_special(path)
    return _too_large(path, status.st_size, most) if status.st_size > most else None


def _is_link(path: Path) -> SourceError:
    cure = Cure("checkout-link", "Replace the link by the file, or by the directory.")
    return SourceError(path, 1, "this is a link, and only files of the checkout are read", cure)


def _is_special(path: Path) -> SourceError:
    cure = Cure("checkout-special", f"Remove it: rm -- {_typed(path)}")
    return SourceError(path, 1, "this is neither a file nor a directory", cure)


def _too_large(path: Path, size: int, most: int) -> SourceError:
    cure = Cure("file-size", "Make it smaller. Large data can be made where a snippet runs.")
    return SourceError(path, 1, f"the file has {size:,} bytes, of at most {most:,}", cure)


def _typed(path: Path) -> str:
    """For a shell; in ASCII where it could not be printed otherwise (bash, "ANSI-C Quoting")."""
    name = os.path.relpath(path)
    if name.isprintable():
        return shlex.quote(name)
    plain = string.ascii_letters + string.digits + "./_-"
    signs = (chr(b) if chr(b) in plain else f"\\x{b:02x}" for b in os.fsencode(name))
    return f"$'{''.join(signs)}'"
