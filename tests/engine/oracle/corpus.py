"""The cases that lie in the repository."""

import tomllib
from pathlib import Path

from tests.engine.oracle.case import PATIENT, Case

CASES = Path(__file__).parent / "cases"
REFUSED: dict[str, str] = tomllib.loads((CASES / "refused.toml").read_text(encoding="utf-8"))
"""Name → part of the reason."""
UNSTABLE = {"time-brace.sh", "time-brace-in.sh"}
"""They print the time that something takes."""
_ENDLESS = {"pagers.sh", "stop.sh"}
"""`watch`, and a shell that stops itself: no run ends, and nobody need wait long to see it."""


def cases(language: str) -> list[Case]:
    """Those of a folder of `cases`."""
    return [
        Case(
            path.name,
            path.read_bytes().decode(),
            timeout=5 if path.name in _ENDLESS else PATIENT,
        )
        for path in sorted((CASES / language).iterdir())
    ]
