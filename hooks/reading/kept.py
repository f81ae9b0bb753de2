"""What was made of texts, kept on disk by content: a file for each, named by all it rests on.

Kept for speed alone: what is read is what would be made, so a site built cold and warm is equal.
"""

import contextlib
import fcntl
import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

_KEPT = 30 * 24 * 3600
"""Seconds after its last use until something is forgotten."""
_DAY = 24 * 3600


class Kept:
    """A directory of them; one that cannot be written is no error."""

    def __init__(self, directory: Path, *makers: ModuleType | str) -> None:
        """`makers` are what makes them: our modules, by their text, and versions of libraries."""
        self._directory = directory
        self._makers = [sys.version, *map(_described, makers)]
        self._made = False

    def of(self, facts: object, make: Callable[[], Any]) -> Any:
        """What `make` gives, as JSON has it; `facts` is all that it is made of."""
        name = hashlib.sha256(repr((self._makers, facts)).encode()).hexdigest()
        path = self._directory / name[:2] / name[2:]
        with contextlib.suppress(OSError, ValueError):
            text = path.read_text(encoding="utf-8")
            value = json.loads(text)
            if path.stat().st_mtime < time.time() - _DAY:
                path.touch()
            return value
        text = json.dumps(make(), ensure_ascii=False)
        with contextlib.suppress(OSError):
            write(path, text.encode())
            self._made = True
        return json.loads(text)

    def forget(self) -> None:
        """Leave what was used in the last month; looks only when there is something new."""
        if not self._made:
            return
        with contextlib.suppress(OSError):
            for path in self._directory.glob("??/*"):
                if path.stat().st_mtime < time.time() - _KEPT:
                    path.unlink(missing_ok=True)


def once(path: Path, make: Callable[[], bytes]) -> bytes:
    """What the file holds; made if it is not there, by one of those who want it at once."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        with (path.parent / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.is_file():
                write(path, make())
    path.touch()
    return path.read_bytes()


def write(path: Path, content: bytes) -> None:
    """In one step: whoever reads sees all of it, or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(content)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)


def _described(maker: ModuleType | str) -> str:
    return maker if isinstance(maker, str) else Path(str(maker.__file__)).read_text("utf-8")
