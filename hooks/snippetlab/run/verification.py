"""When each snippet was last verified: the committed file snippets/verification.json.

{"isolation/uts": {"date": "2026-11-24", "seconds": 0.052, "held": {"namespace": "9f86d081…"}}}
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
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
    held: Mapping[str, str] = field(default_factory=dict)
    """Which of its runs held: variant → key, see memory.py."""


def read_verification(path: Path) -> dict[str, Verified]:
    """By snippet; empty where the file is missing. Raises EngineError where it is unreadable."""
    try:
        return parse_verification(read(path).decode())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        name = display(path)
        restore = Cure("restore-verification", f"Restore it: git checkout {name}")
        write = Cure("write-verification", "Or write it anew: snippetlab verify --write")
        what = f"the dates of verification are unreadable: {error}"
        raise EngineError(f"{name}: {what}", restore.also(write)) from None


def parse_verification(text: str) -> dict[str, Verified]:
    """The text of such a file. Raises ValueError."""
    try:
        return {id_: _verified(entry) for id_, entry in json.loads(text).items()}
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(str(error)) from None


def _verified(entry: Mapping[str, Any]) -> Verified:
    seconds = float(entry["seconds"])
    if not (math.isfinite(seconds) and seconds >= 0):
        raise ValueError(f"{seconds} is no duration")
    held = {str(variant): str(key) for variant, key in entry.get("held", {}).items()}
    return Verified(date.fromisoformat(entry["date"]).isoformat(), seconds, held)


def write_verification(path: Path, verified: Mapping[str, Verified]) -> None:
    """Replace the file; what is not in `verified` is dropped.

    A snippet that the file already has with the same date keeps its old duration, so that
    repeating a verification changes nothing. Raises OSError.
    """
    try:
        old = read_verification(path)
    except EngineError:
        old = {}  # the cure for an unreadable file is to write it anew
    rows = {}
    for id_, new in sorted(verified.items()):
        same = old[id_] if id_ in old and old[id_].date == new.date else new
        rows[id_] = {"date": new.date, "seconds": round(same.seconds, 3)}
        rows[id_] |= {"held": dict(sorted(new.held.items()))} if new.held else {}
    text = json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
    write_source(path, text)
