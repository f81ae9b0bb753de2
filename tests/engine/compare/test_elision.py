"""Lines that vary in number are neither compared nor shown; all around them is."""

import pytest

from snippetlab.compare.compare import compare
from snippetlab.compare.elision import parse_elisions
from snippetlab.compare.kinds import Volatile, parse_volatile
from snippetlab.compare.merge import merge
from snippetlab.show.render import render
from snippetlab.transcript import Step, Transcript
from tests.engine.show.blocks import Checker, block

RECORDED = "begin\nGet:1 a\nGet:2 b\nmiddle 12\nGet:3 c\nend\n"


def rules(*patterns: str) -> Volatile:
    return Volatile(parse_volatile(["pid"]).kinds, elided=parse_elisions(list(patterns)))


def transcript(output: str) -> Transcript:
    return Transcript((Step("a", output.encode()),))


@pytest.mark.parametrize(
    ("now", "equal"),
    [
        ("begin\nGet:9 z\nmiddle 34\nGet:1\nGet:2\nGet:3\nend\n", True),
        ("begin\n\x1b[1mGet\x1b[m:9 z\nmiddle 34\nGet:1\nend\n", True),
        ("begin!\nGet:1 a\nmiddle 12\nGet:3 c\nend\n", False),
        ("begin\nGet:1 a\nmiddle 12\nGet:3 c\nend!\n", False),
        ("begin\nmiddle 12\nGet:3 c\nend\n", False),  # the page shows that some lines are there
        ("begin\nGet:1 a\nother\nmiddle 12\nGet:3 c\nend\n", False),
    ],
)
def test_what_stands_around_is_compared(now: str, equal: bool) -> None:
    result = compare([transcript(RECORDED)], [transcript(now)], [rules("^Get:")])
    assert result.equal == equal


def test_a_match_over_several_lines_leaves_all_of_them_out() -> None:
    some = rules(r"(?s)^Get:1.*?(?=^end)")
    now = transcript("begin\nGet:1\nanything\nend\n")
    assert compare([transcript(RECORDED)], [now], [some]).equal


def test_lines_left_out_stay_as_recorded_when_others_change() -> None:
    now = transcript("begin\nGet:7 x\nmiddle 12\nGet:3 c\nnew end\n")
    merged = merge(transcript(RECORDED), now, rules("^Get:"))
    assert merged == transcript(RECORDED.replace("end", "new end"))


def test_the_page_shows_a_sign_and_says_what_it_is() -> None:
    shown = block("a\n", (RECORDED.encode(), 0), elided=("^Get:",))
    html = str(render(shown))
    Checker(html)
    assert "Get:" not in html
    assert html.count('class="step-gap"') == 2
    assert html.count(shown.frame.words["transcript"]["left-out"]) == 2


def test_what_a_program_prints_is_no_sign() -> None:
    assert 'class="step-gap"' not in render(block("a\n", ("\U0010ffff…\n".encode(), 0)))
