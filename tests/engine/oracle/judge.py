"""Runs cases in both ways, and says how the two compare."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from snippetlab.labs import Lab
from tests.engine.oracle.case import Case, Judged, Ran, Verdict
from tests.engine.oracle.runs import as_it_came, as_snippet, plainly

_AGAIN = 40
"""How many more plain runs are made of a case that differs, until one of them does, too."""
_REPEATED = 10
"""How many more runs as a snippet are made then. What comes once in so many is of a race, which a
busy machine decides, and plain bash would come to it as well."""


def judge(lab: Lab, case: Case) -> Judged:
    """Run one case."""
    with as_it_came():
        return _judge(lab, case)


def _judge(lab: Lab, case: Case) -> Judged:
    plain, snippet = [plainly(lab, case)], as_snippet(lab, case)
    if snippet not in plain and not snippet.refusal:
        while len(set(plain)) == 1 and len(plain) <= _AGAIN:
            plain.append(plainly(lab, case))
    verdict = _verdict(lab, case, snippet, plain)
    if verdict is Verdict.DIFFERENT and not _comes_again(lab, case, plain):
        verdict = Verdict.UNSTABLE
    return Judged(case, verdict, snippet, tuple(dict.fromkeys(plain)))


def _comes_again(lab: Lab, case: Case, plain: Sequence[Ran]) -> bool:
    """Whether the case as a snippet differs once more."""
    return any(as_snippet(lab, case) not in plain for _ in range(_REPEATED))


def _verdict(lab: Lab, case: Case, snippet: Ran, plain: Sequence[Ran]) -> Verdict:
    if snippet in plain:
        return Verdict.SAME
    if not snippet.refusal:
        return Verdict.UNSTABLE if len(set(plain)) > 1 else Verdict.DIFFERENT
    if snippet.began:
        return Verdict.EARLY
    is_invalid = case.name.endswith(".sh") and plainly(lab, case, "-n").status
    return Verdict.INVALID if is_invalid else Verdict.REFUSED


def judge_all(lab: Lab, cases: Iterable[Case]) -> Iterator[Judged]:
    """Run many side by side; what comes of them comes in their order."""
    with as_it_came(), ThreadPoolExecutor(lab.workers) as threads:
        yield from threads.map(lambda case: _judge(lab, case), cases)
