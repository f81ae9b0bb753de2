"""What a case's runs come to: a race is none of the engine's, and what differs again is."""

from collections.abc import Iterator
from typing import Any, cast

import pytest

from snippetlab.labs import Lab
from tests.engine.oracle import judge
from tests.engine.oracle.case import Case, Ran, Verdict

ONE, OTHER = Ran(b"one", 0), Ran(b"other", 0)
CASE = Case("x.sh", "true")


@pytest.mark.parametrize(
    ("snippets", "plain", "verdict"),
    [
        ([ONE], [ONE], Verdict.SAME),
        ([OTHER] * 2, [ONE] * 41, Verdict.DIFFERENT),
        ([OTHER, *[ONE] * 9, OTHER], [ONE] * 41, Verdict.DIFFERENT),
        ([OTHER, *[ONE] * 10], [ONE] * 41, Verdict.UNSTABLE),
        ([OTHER], [*[ONE] * 30, Ran(b"third", 0)], Verdict.UNSTABLE),
        ([OTHER], [*[ONE] * 30, OTHER], Verdict.SAME),
        ([Ran(refusal="no", began=False)], [ONE, ONE], Verdict.REFUSED),
    ],
)
def test_a_case_is_judged_by_as_many_runs_as_it_needs(
    snippets: list[Ran], plain: list[Ran], verdict: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And by no more."""
    runs: dict[str, Iterator[Ran]] = {"as_snippet": iter(snippets), "plainly": iter(plain)}
    for name, ran in runs.items():
        monkeypatch.setattr(judge, name, lambda *_, ran=ran: next(ran))
    assert judge.judge(cast(Lab, cast(Any, None)), CASE).verdict is verdict
    assert [*runs["as_snippet"], *runs["plainly"]] == []
