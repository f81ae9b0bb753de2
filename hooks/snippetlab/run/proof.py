"""A memory of runs that held, so that the next build does not repeat them.

`snippetlab verify` never looks here.
"""

import contextlib
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from snippetlab.images.image import Recipe, require_image
from snippetlab.project import cache_directory
from snippetlab.run.basis import basis, name_of
from snippetlab.snippet.entry import Entry

_KEPT = 30 * 24 * 3600
"""Seconds after its end until a month, and what was not used since, is forgotten."""


@dataclass(frozen=True)
class Proofs:
    """The proofs won with one image and one kernel."""

    digest: str
    kernel: str

    @classmethod
    def here(cls, recipe: Recipe) -> "Proofs":
        """Those of this machine's kernel and the image that the recipe makes.

        Raises LabUnavailableError where there is no such image.
        """
        return cls(require_image(recipe).digest, os.uname().release)

    def lacking(self, entries: Iterable[Entry]) -> list[Entry]:
        """Those of which no run here has been found equal to the recording.

        The proofs of the others count as used.
        """
        named = [(self._name(entry), entry) for entry in entries]
        self._keep(self._known.intersection(name for name, _ in named))
        return [entry for name, entry in named if name not in self._known]

    def keep(self, entries: Iterable[Entry]) -> None:
        """Runs of these have been found equal. A cache that cannot be written is no error."""
        self._keep(set(map(self._name, entries)))

    @staticmethod
    def _keep(names: set[str]) -> None:
        """Proofs that nobody has used for a while are forgotten."""
        month = _directory() / time.strftime("%Y-%m")
        with contextlib.suppress(OSError):
            month.parent.mkdir(parents=True, exist_ok=True)
            # A file for each would take half a millisecond. Appended in one write, none is torn.
            with month.open("ab", buffering=0) as file:
                new = sorted(names - _names(month))
                file.write("".join(f"{name}\n" for name in new).encode())
            for path in month.parent.iterdir():
                if path.stat().st_mtime < time.time() - _KEPT:
                    path.unlink()

    @cached_property
    def _known(self) -> set[str]:
        with contextlib.suppress(OSError):
            return set().union(*map(_names, _directory().glob("????-??")))
        return set()

    def _name(self, entry: Entry) -> str:
        return name_of(basis(entry), self.digest, self.kernel)


def _directory() -> Path:
    """One file for each month, which names the proofs used in it, one a line."""
    return cache_directory() / "proofs"


def _names(month: Path) -> set[str]:
    return set(month.read_text().split()) if month.exists() else set()
