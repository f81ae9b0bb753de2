"""What a snippet prints is what `python3 file` or `bash file` prints, in every lab."""

import re
from collections.abc import Callable

import pytest

from generated.oracle import read_outcomes
from snippetlab.registry import DEFAULT
from snippetlab.run.laboratory import Laboratory
from tests.engine.oracle.case import Judged, Verdict
from tests.engine.oracle.corpus import REFUSED, UNSTABLE, cases
from tests.engine.oracle.judge import judge_all
from tests.engine.oracle.outcomes import outcomes_of
from tests.support import ROOT

LaboratoryOf = Callable[[str], Laboratory]
_REFUSALS = (Verdict.REFUSED, Verdict.INVALID, Verdict.EARLY)
_ENDED = re.compile(r"the shell ended in this step \(exit status (\d+)\)")
# Each construct that has gone wrong once; a machine for each run takes long.
SOME = {
    "machine": ["pipestatus", "lineno", "lastarg", "setx", "trapdebug", "sete", "hd-pipe2-nl"],
    "browser": ["pipestatus", "lineno", "lastarg", "setx", "heredoc-pipe-nl"],
}


@pytest.fixture(scope="module", params=["bash", "python"])
def judged(request: pytest.FixtureRequest, laboratory_of: LaboratoryOf) -> list[Judged]:
    return list(judge_all(laboratory_of(DEFAULT).lab, cases(request.param)))


def test_a_snippet_prints_what_bash_prints(judged: list[Judged]) -> None:
    wrong = {
        one.case.name: one.why
        for one in judged
        if one.verdict is not Verdict.SAME and one.case.name not in {*REFUSED, *UNSTABLE}
    }
    assert not wrong, "\n".join(f"{name}:\n{why}" for name, why in wrong.items())


def test_what_is_refused_is_refused_for_a_true_reason(judged: list[Judged]) -> None:
    for one in judged:
        if one.case.name not in REFUSED:
            continue
        assert one.verdict in _REFUSALS, one.case.name
        assert REFUSED[one.case.name] in one.snippet.refusal
        if ended := _ENDED.search(one.snippet.refusal):
            assert {int(ended[1])} == {plain.status for plain in one.plain}, one.case.name


def test_only_what_differs_from_itself_is_left_out(judged: list[Judged]) -> None:
    assert {one.case.name for one in judged if one.verdict is Verdict.UNSTABLE} <= UNSTABLE


def test_the_page_says_what_came_of_them(judged: list[Judged]) -> None:
    language = "bash" if judged[0].case.name.endswith(".sh") else "python"
    assert read_outcomes(ROOT)[language] == outcomes_of(judged, UNSTABLE)


@pytest.mark.parametrize("lab", SOME)
def test_other_labs_print_the_same(lab: str, laboratory_of: LaboratoryOf) -> None:
    wanted = {f"{name}.sh" for name in SOME[lab]}
    some = [case for case in cases("bash") if case.name in wanted]
    assert len(some) == len(wanted)
    judged = judge_all(laboratory_of(lab).lab, some)
    wrong = {one.case.name: one.why for one in judged if one.verdict is not Verdict.SAME}
    assert not wrong, wrong
