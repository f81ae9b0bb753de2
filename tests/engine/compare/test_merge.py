"""What is written when a snippet is recorded again."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from snippetlab.compare.kinds import parse_volatile
from snippetlab.compare.merge import merge
from snippetlab.transcript import Step, Transcript
from tests.engine.models import RULES, Model, Names, compared, models, namings, output, render
from tests.support import examples


@examples(50, 300)
@given(models, namings(), namings(), st.sampled_from([(), ["loose"] * 3]))
def test_what_is_equal_keeps_its_text(
    model: Model, old: Names, new: Names, names: list[str]
) -> None:
    recorded = render(model, old)
    mixed = [step[::-1] for step in model] if names else model
    assert merge(recorded, render(mixed, new, ["1B", "2 MB"]), RULES, names) == recorded


@examples(75, 300)
@given(models, models, namings(), namings(), st.data())
def test_a_merged_transcript_equals_the_new_one(
    old_model: Model, other: Model, old: Names, new: Names, data: st.DataObject
) -> None:
    # The new run: the old one with steps and lines put in, cut out and swapped.
    model = [list(step) for step in old_model]
    for step in other:
        at = data.draw(st.integers(0, len(model) - 1))
        cut = data.draw(st.integers(0, len(model[at])))
        model[at][cut : cut + data.draw(st.integers(0, 1))] = step[:2]
    names = data.draw(st.sampled_from([[], ["loose"] * 3]))
    recorded, now = render(old_model, old), render(model, new, ["20MB", "1B"])
    merged = merge(recorded, now, RULES, names)
    assert compared(merged, now, replace(RULES, bounds=()), names).equal
    assert compared(merged, merged, replace(RULES, bounds=()), names).equal
    assert [replace(s, output=b"") for s in merged.steps] == [
        replace(s, output=b"") for s in now.steps
    ]


def test_a_changed_recording_keeps_the_lines_and_names_that_it_can() -> None:
    recorded = output("start 100\nrun 100 5kB\nend 100\nalone 200\n")
    new = output("start 7\nrun 7 6kB\nadded 7 x\nend 7\nalone 8\n")
    merged = merge(recorded, new, RULES)
    assert merged == output("start 100\nrun 100 5kB\nadded 100 x\nend 100\nalone 200\n")


def test_a_merged_name_never_meets_a_new_value_of_the_same_text() -> None:
    recorded, new = output("a 5\nb 6\nkept 3\n"), output("a 9\nc 5\nb 6\nkept 44\n")
    assert merge(recorded, new, RULES) == output("a 9\nc 5\nb 6\nkept 3\n")
    recorded = output("a 5\nb 6\nkept 3\n")  # 5 parts from 6, which then parts from 7
    new = output("a 6\nc 5\nb 7\nkept 44\n")
    assert merge(recorded, new, RULES) == output("a 6\nc 5\nb 7\nkept 3\n")


def test_steps_are_aligned_by_command() -> None:
    recorded = Transcript((Step("one", b"x 5\n"), Step("two", b"y 6\n"), Step("three", b"z\n")))
    new = Transcript((Step("new", b"q 70\n"), Step("two", b"y 70\n"), Step("three", b"w\n", 1)))
    merged = merge(recorded, new, RULES)
    expected = (Step("new", b"q 6\n"), Step("two", b"y 6\n"), Step("three", b"w\n", 1))
    assert merged.steps == expected


def test_an_unordered_step_keeps_its_order_beside_a_changed_one() -> None:
    recorded = Transcript((Step("ps", b"x 5\ny 6\n"), Step("two", b"z 5\n")))
    new = Transcript((Step("ps", b"y 70\nx 80\n"), Step("two", b"z 80 w\n")))
    merged = merge(recorded, new, RULES, ["loose", ""])
    assert merged.steps == (Step("ps", b"x 5\ny 6\n"), Step("two", b"z 5 w\n"))


def test_a_line_that_fits_only_in_part_ties_nothing() -> None:
    recorded, new = output("a 10 20\nb 10\n"), output("a 30 30\nb 50\n")
    assert merge(recorded, new, RULES) == output("a 30 30\nb 10\n")


def test_an_old_name_is_not_used_where_it_would_read_otherwise() -> None:
    rules = parse_volatile([{"name": "id", "pattern": r"a\d\d|b\d\d?"}], [])
    recorded, new = output("is b3\n"), output("is a12\nthen a127\n")
    assert merge(recorded, new, rules) == new  # `then b37` would hold another id
