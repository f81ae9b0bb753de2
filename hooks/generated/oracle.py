"""How many scripts printed as snippets what `bash file` printed: what lab/oracle.json states.

`make bash-suite` writes it, and the tests compare it with what came of the scripts that are here.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from snippetlab.checkout import read
from snippetlab.errors import Cure, EngineError, display

_PLACE = "lab/oracle.json"


@dataclass(frozen=True)
class Outcomes:
    """Of the scripts of one corpus; each counts once."""

    cases: int
    same: int
    refused: int
    """With a reason, before it ran or where its shell ended."""
    different: int
    """Silently."""
    left_out: int
    """As plain bash differs from itself, or refuses it too."""

    @property
    def share(self) -> float:
        """Of the same among those that are not left out."""
        return self.same / max(self.cases - self.left_out, 1)


def read_outcomes(root: Path) -> Mapping[str, Outcomes]:
    """Corpus → what came of it; none where there is no file. Raises EngineError."""
    path = root / _PLACE
    try:
        values = json.loads(read(path))
        return {name: Outcomes(**counts) for name, counts in values.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, AttributeError) as error:
        cure = Cure("oracle-file", "Have it written anew: make bash-suite")
        raise EngineError(f"{display(path)}:1: this states no outcomes: {error}", cure) from None


def write_outcomes(root: Path, outcomes: Mapping[str, Outcomes]) -> None:
    """Keep them."""
    data = {name: asdict(counts) for name, counts in outcomes.items()}
    (root / _PLACE).write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
