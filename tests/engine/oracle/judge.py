"""Runs cases in both ways, and says how the two compare."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from snippetlab.labs import Lab
from tests.engine.oracle.case import Case, Judged, Verdict
from tests.engine.oracle.runs import as_snippet, plainly

_AGAIN = 5
"""How many more plain runs are made of a case that differs, to see whether they differ."""


def judge(lab: Lab, case: Case) -> Judged:
    """Run one case."""
    plain = [plainly(lab, case)]
    snippet = as_snippet(lab, case)
    verdict = Verdict.SAME
    if snippet != plain[0]:
        plain += [plainly(lab, case) for _ in range(_AGAIN)]
        if len(set(plain)) > 1:
            verdict = Verdict.SAME if snippet in plain else Verdict.UNSTABLE
        elif snippet.refusal:
            verdict = Verdict.EARLY if snippet.began else Verdict.REFUSED
        else:
            verdict = Verdict.DIFFERENT
    return Judged(case, verdict, snippet, tuple(dict.fromkeys(plain)))


def judge_all(lab: Lab, cases: Iterable[Case]) -> Iterator[Judged]:
    """Run many side by side; what comes of them comes in their order."""
    with ThreadPoolExecutor(lab.workers) as threads:
        yield from threads.map(lambda case: judge(lab, case), cases)
