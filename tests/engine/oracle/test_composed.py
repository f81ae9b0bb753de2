"""Scripts that nobody wrote: what they print as a snippet is what `bash file` prints."""

from collections import Counter

from hypothesis import Phase, given, settings

from snippetlab.run.laboratory import Laboratory
from tests.engine.oracle.case import Case, Verdict
from tests.engine.oracle.judge import judge
from tests.engine.oracle.scripts import scripts
from tests.support import examples

_LEAST = 0.99


def test_composed_scripts_print_what_bash_prints(laboratory: Laboratory) -> None:
    found: Counter[Verdict] = Counter()
    reasons: list[str] = []

    @settings(examples(few=60, whole=3000), phases=[Phase.generate, Phase.shrink])
    @given(scripts)
    def compare(script: str) -> None:
        judged = judge(laboratory.lab, Case("composed.sh", script))
        assert judged.verdict is not Verdict.DIFFERENT, judged.why
        found[judged.verdict] += 1
        if judged.verdict in (Verdict.REFUSED, Verdict.EARLY):
            reasons.append(judged.why)

    compare()
    refused = found[Verdict.REFUSED] + found[Verdict.EARLY]
    # Of few, one would be too many.
    assert refused <= 1 + (1 - _LEAST) * found[Verdict.SAME], reasons
