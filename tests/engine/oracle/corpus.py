"""The cases that lie in the repository."""

from pathlib import Path

from tests.engine.oracle.case import PATIENT, Case

CASES = Path(__file__).parent / "cases"
_ENDLESS = {"stop.sh"}
"""Whose shell stops itself: neither run ends, and nobody need wait long to see it."""


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
