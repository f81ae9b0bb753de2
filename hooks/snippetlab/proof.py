"""A memory of runs that held, so that the next build does not repeat them.

`snippetlab verify` never looks here.
"""

import contextlib
import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

from snippetlab.project import cache_directory
from snippetlab.recording import Recording

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

    def holds(self, recording: Recording) -> bool:
        """Whether a run here has already printed just this."""
        path = self._path(recording)
        if not path.exists():
            return False
        with contextlib.suppress(OSError):
            path.touch()
        return True

    def remember(self, recording: Recording) -> None:
        """A run has printed just this. A cache that cannot be written is no error."""
        with contextlib.suppress(OSError):
            self._directory.mkdir(parents=True, exist_ok=True)
            self._path(recording).touch()

    def forget_old(self) -> None:
        """Drop proofs that nobody has used for a month."""
        with contextlib.suppress(OSError):
            for path in self._directory.iterdir():
                if path.stat().st_mtime < time.time() - _KEPT:
                    path.unlink()

    def _path(self, recording: Recording) -> Path:
        facts = "\0".join((recording.key, recording.sum, self.digest, self.kernel))
        return self._directory / hashlib.sha256(facts.encode()).hexdigest()[:32]
