"""How many cases of each corpus came out the same: what `make bash-suite` notes for the page."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.engine.oracle.case import Judged, Verdict

_PLACE = "lab/oracle.json"


@dataclass(frozen=True)
class Outcomes:
    """Of one corpus. What is left out counts nowhere else."""

    cases: int
    same: int
    refused: int
    """Also what ended early: with a reason."""
    different: int
    """Silently."""
    left_out: int
    """As plain bash differs from itself, or refuses it too."""

    @classmethod
    def of(cls, judged: Iterable[Judged], unstable: Collection[str] = ()) -> "Outcomes":
        """Those named in `unstable` are left out even if they came out the same by chance."""
        found = Counter(
            Verdict.UNSTABLE if one.case.name in unstable else one.verdict for one in judged
        )
        refused = found[Verdict.REFUSED] + found[Verdict.EARLY]
        left_out = found[Verdict.UNSTABLE] + found[Verdict.INVALID]
        counts = found[Verdict.SAME], refused, found[Verdict.DIFFERENT], left_out
        return cls(sum(found.values()), *counts)

    @property
    def share(self) -> float:
        """Of the same among those that are not left out."""
        return self.same / max(self.cases - self.left_out, 1)


def read_outcomes(root: Path) -> dict[str, Outcomes]:
    """Corpus → what came of it."""
    text = (root / _PLACE).read_text(encoding="utf-8")
    return {name: Outcomes(**counts) for name, counts in json.loads(text).items()}


def write_outcomes(root: Path, outcomes: Mapping[str, Outcomes]) -> None:
    """Keep them."""
    data = {name: asdict(counts) for name, counts in outcomes.items()}
    (root / _PLACE).write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
