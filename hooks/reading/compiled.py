"""Templates, compiled once: Jinja's own cache, which knows them by their text."""

import contextlib
import time
from functools import cache
from importlib.metadata import version
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket

_KEPT = 30 * 24 * 3600
"""Seconds until one is compiled anew, and those that nobody needs any more are gone."""


@cache
def compiled(kept: Path) -> BytecodeCache | None:
    """Those of this version of Jinja; none where nothing can be kept."""
    directory = kept / f"templates-{version('jinja2')}"
    with contextlib.suppress(OSError):
        directory.mkdir(parents=True, exist_ok=True)
        for path in directory.iterdir():
            if path.stat().st_mtime < time.time() - _KEPT:
                path.unlink(missing_ok=True)
        return _Compiled(str(directory))
    return None


class _Compiled(FileSystemBytecodeCache):
    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """The same text is compiled to something else by an environment with other rules."""
        rules = environment.autoescape, environment.trim_blocks, environment.lstrip_blocks
        return super().get_bucket(environment, name, filename, f"{rules}{source}")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """A cache that cannot be written is no error."""
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)
