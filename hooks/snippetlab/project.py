"""Where things lie in a checkout, and where this user's lab images and proofs are kept."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from snippetlab.errors import Cure, EngineError

SITES = (
    *("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml"),
    *("zensical.toml", "snippetlab.toml"),
)
"""Files by which the directory of a site is known: whatever builds it is told there how."""


@dataclass(frozen=True)
class Project:
    """A checkout: the directory that holds mkdocs.yml, or another such file."""

    root: Path
    """Absolute."""

    @property
    def snippets(self) -> Path:
        return self.root / "snippets"

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    @property
    def words(self) -> Path:
        """What the site says, a file a language (see words)."""
        return self.root / "docs/words"

    @property
    def lab(self) -> Path:
        return self.root / "lab"

    @property
    def machine(self) -> Path:
        """The module that drives the browser lab's machine, in the page and in node."""
        return self.root / "docs/overrides/assets/machine/machine.mjs"

    @classmethod
    def find(cls, start: Path) -> "Project":
        """The nearest parent of `start` that holds one of those files.

        Raises EngineError when there is none.
        """
        for directory in (start, *start.parents):
            if any((directory / name).is_file() for name in SITES):
                return cls(directory)
        text = "Run this in the directory of a documentation site, which holds it, or below that."
        cure = Cure("inside-a-checkout", text)
        raise EngineError(f"no mkdocs.yml in {start} or above it", cure)


def make_cache() -> Path:
    """The cache, made if it is not there. Raises EngineError where this user cannot write in it."""
    cache = cache_directory()
    try:
        cache.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=cache).close()
    except OSError as error:
        text = "Set SNIPPETLAB_CACHE to a directory in which you may write."
        cure = Cure("cache-directory", text)
        raise EngineError(f"{cache}: {error.strerror}", cure) from None
    return cache


def cache_directory() -> Path:
    """One cache for all clones of a user.

    Root's lies outside its home, which is usually closed (mode 0700) to the
    unprivileged user that runs the snippets.
    """
    if chosen := os.environ.get("SNIPPETLAB_CACHE"):
        return Path(chosen)
    if os.geteuid() == 0:
        return Path("/var/cache/snippetlab")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "snippetlab"
