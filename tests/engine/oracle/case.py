"""A case, and what came of running it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import unified_diff
from enum import StrEnum
from functools import cached_property

from snippetlab.limits import DEFAULTS, Limits
from tests.support import HEADER

PATIENT = 300.0
"""Seconds that nothing here takes, however busy the machine."""
ENDLESS = "it does not end"


@dataclass(frozen=True)
class Case:
    """A script that is run in both ways."""

    name: str
    """That of its file, with the suffix."""
    code: str
    """What is in it; where it has no header, it gets one."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Others that lie beside it."""
    timeout: float = PATIENT
    limits: Limits = DEFAULTS

    @cached_property
    def text(self) -> str:
        """The whole file."""
        return headed(self.code)


def headed(code: str) -> str:
    """The text of a snippet's file, with a header if it has none."""
    if HEADER.partition("\n")[0] in code:
        return code
    first, end, rest = code.partition("\n")
    shebang = first + end if first.startswith("#!") else ""
    return shebang + HEADER.format(extra="") + (rest if shebang else code)


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
    INVALID = "refused, and by bash -n"
    EARLY = "ended early"
    """With a reason, after some of it ran."""
    UNSTABLE = "one of the two differs from itself"


@dataclass(frozen=True)
class Judged:
    """A case with its verdict, and what shows it."""

    case: Case
    verdict: Verdict
    snippet: Ran
    plain: tuple[Ran, ...]
    """The plain runs, each kind once; made again where the first was not the same."""

    @property
    def why(self) -> str:
        """What differs, in a few lines."""
        if self.verdict is Verdict.UNSTABLE:
            runs = (*self.plain, self.snippet)
            return "\n".join(f"{run.output!r} {run.status}" for run in runs[:2])
        if self.snippet.refusal:
            return self.snippet.refusal
        old, new = (
            [*map(repr, run.output.splitlines()), f"status {run.status}"]
            for run in (self.plain[0], self.snippet)
        )
        return "\n".join(unified_diff(old, new, "bash", "snippet", lineterm="", n=0))
