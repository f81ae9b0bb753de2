"""A memory of runs that held, so that the next build does not repeat them.

`snippetlab verify` never looks here.
"""

import contextlib
import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

from snippetlab.kinds import Volatile
from snippetlab.library import Entry
from snippetlab.project import cache_directory
from snippetlab.snippet import Snippet

_KEPT = 30 * 24 * 3600
"""Seconds without use after which a proof is forgotten."""


@dataclass(frozen=True)
class Proofs:
    """The proofs won with one image and one kernel."""

    digest: str
    kernel: str

    @property
    def _directory(self) -> Path:
        return cache_directory() / "proofs"

    def hold(self, entry: Entry) -> bool:
        """Whether a run here has already been found equal to the entry's recording."""
        path = self._path(entry)
        if not path.exists():
            return False
        with contextlib.suppress(OSError):
            path.touch()
        return True

    def remember(self, entry: Entry) -> None:
        """A run has been found equal. A cache that cannot be written is no error."""
        with contextlib.suppress(OSError):
            self._directory.mkdir(parents=True, exist_ok=True)
            self._path(entry).touch()

    def forget_old(self) -> None:
        """Drop proofs that nobody has used for a month."""
        with contextlib.suppress(OSError):
            for path in self._directory.iterdir():
                if path.stat().st_mtime < time.time() - _KEPT:
                    path.unlink()

    def _path(self, entry: Entry) -> Path:
        """Named by all that the finding rests on, the rules of comparison included."""
        recordings = [(e.recording.key, e.recording.sum) for e in entry.chain if e.recording]
        rules = [_rules(e.snippet) for e in entry.chain]
        facts = repr((recordings, rules, self.digest, self.kernel))
        return self._directory / hashlib.sha256(facts.encode()).hexdigest()[:32]


def _rules(snippet: Snippet) -> tuple[object, ...]:
    return (_described(snippet.volatile), sorted(snippet.values.items()), snippet.holds)


def _described(rules: Volatile) -> tuple[object, ...]:
    kinds = [(kind.name, kind.pattern, kind.identifies) for kind in rules.kinds]
    return kinds, [(bound.kind, bound.text) for bound in rules.bounds], sorted(rules.unordered)
