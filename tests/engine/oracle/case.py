"""A case, and what came of running it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from snippetlab.limits import DEFAULTS, Limits

PATIENT = 300.0
"""Seconds that nothing here takes, however busy the machine."""


@dataclass(frozen=True)
class Case:
    """A script that is run in both ways."""

    name: str
    """That of its file, with the suffix."""
    text: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Others that lie beside it."""
    timeout: float = PATIENT
    limits: Limits = DEFAULTS
    environment: Mapping[str, str] = field(default_factory=dict)
    """Exported before it begins."""


@dataclass(frozen=True)
class Ran:
    """What one run printed, and how it ended."""

    output: bytes = b""
    status: int | None = None
    """None where it did not end by itself."""
    refusal: str = ""
    """Why there is no run, or none to its end."""
    began: bool = True


class Verdict(StrEnum):
    """How a case's two runs compare."""

    SAME = "same"
    DIFFERENT = "silently different"
    REFUSED = "refused"
    """By the parser, with a reason."""
    EARLY = "ended early"
    """With a reason, after some of it ran."""
    UNSTABLE = "plain bash differs from itself"


@dataclass(frozen=True)
class Judged:
    """A case with its verdict, and what shows it."""

    case: Case
    verdict: Verdict
    snippet: Ran
    plain: tuple[Ran, ...]
    """The plain runs, of which there are several where the first was not the same."""
