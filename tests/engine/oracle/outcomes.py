"""How many cases of a corpus came out how."""

from collections import Counter
from collections.abc import Collection, Iterable

from generated.oracle import Outcomes
from tests.engine.oracle.case import Judged, Verdict


def outcomes_of(judged: Iterable[Judged], unstable: Collection[str] = ()) -> Outcomes:
    """Those named in `unstable` are left out even if they came out the same by chance."""
    found = Counter(
        Verdict.UNSTABLE if one.case.name in unstable else one.verdict for one in judged
    )
    return Outcomes(
        cases=sum(found.values()),
        same=found[Verdict.SAME],
        refused=found[Verdict.REFUSED] + found[Verdict.EARLY],
        different=found[Verdict.DIFFERENT],
        left_out=found[Verdict.UNSTABLE] + found[Verdict.INVALID],
    )
