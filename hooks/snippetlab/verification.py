"""When each snippet was last verified: the committed file snippets/verification.json.

{"isolation/uts": {"date": "2026-11-24", "seconds": 0.052}}
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from snippetlab.checkout import read
from snippetlab.errors import Cure, EngineError, display
from snippetlab.files import write_source


@dataclass(frozen=True)
class Verified:
    """The last time that a run was found equal to the recording."""

    date: str
    """YYYY-MM-DD."""
    seconds: float
    """Of the whole chain that the snippet ends."""


def read_verification(path: Path) -> dict[str, Verified]:
    """By snippet; empty where the file is missing. Raises EngineError where it is unreadable."""
    try:
        values = json.loads(read(path))
        return {id_: _verified(entry) for id_, entry in values.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        name = display(path)
        restore = Cure("restore-verification", f"Restore it: git checkout {name}")
        write = Cure("write-verification", "Or write it anew: snippetlab verify --write")
        what = f"the dates of verification are unreadable: {error}"
        raise EngineError(f"{name}: {what}", restore.also(write)) from None


def _verified(entry: Mapping[str, Any]) -> Verified:
    seconds = float(entry["seconds"])
    if not (math.isfinite(seconds) and seconds >= 0):
        raise ValueError(f"{seconds} is no duration")
    return Verified(date.fromisoformat(entry["date"]).isoformat(), seconds)


def write_verification(path: Path, verified: Mapping[str, Verified]) -> None:
    """Replace the file; what is not in `verified` is dropped.

    A snippet that the file already has with the same date keeps its old duration, so that
    repeating a verification changes nothing. Raises OSError.
    """
    try:
        old = read_verification(path)
    except EngineError:
        old = {}  # the cure for an unreadable file is to write it anew
    kept = {
        id_: old[id_] if id_ in old and old[id_].date == new.date else new
        for id_, new in sorted(verified.items())
    }
    rows = {id_: {"date": v.date, "seconds": round(v.seconds, 3)} for id_, v in kept.items()}
    text = json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
    write_source(path, text)
