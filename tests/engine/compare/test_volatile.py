"""Comparison by consistent renaming."""

import time
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from snippetlab.compare.compare import Comparison, compare
from snippetlab.compare.kinds import KINDS, parse_volatile
from snippetlab.compare.merge import merge
from snippetlab.transcript import Step, Transcript
from tests.engine.models import (
    LETTERS,
    OWN,
    RULES,
    Model,
    Names,
    compared,
    identities,
    models,
    namings,
    output,
    places,
    render,
    sizes,
    with_line,
    with_piece,
    words,
)
from tests.support import examples


@examples(50, 500)
@given(models, namings(), namings())
def test_any_one_to_one_renaming_is_equal(model: Model, old: Names, new: Names) -> None:
    found = compared(render(model, old), render(model, new))
    assert found.faults == ()
    used = {piece for *_, piece in places(model) if isinstance(piece, tuple)}
    assert found.renaming == {(kind, old[kind, i]): new[kind, i] for kind, i in used}


@examples(50, 500)
@given(models, namings(), namings(), st.data())
def test_equal_values_must_stay_equal(
    model: Model, old: Names, new: Names, data: st.DataObject
) -> None:
    value = data.draw(identities)
    model = with_line(model, [value, value])
    *place, _ = data.draw(st.sampled_from([place for place in places(model) if place[3] == value]))
    changed = with_piece(model, (place[0], place[1], place[2]), (value[0], 5))  # used nowhere
    faults = compared(render(model, old), render(changed, new)).faults
    assert any("was equal to" in fault.message for fault in faults)


@examples(50, 500)
@given(models, namings(), namings(), st.data())
def test_different_values_must_stay_different(
    model: Model, old: Names, new: Names, data: st.DataObject
) -> None:
    one = data.draw(identities)
    two = (one[0], data.draw(st.integers(0, 3).filter(lambda number: number != one[1])))
    model = with_line(model, [one, two])
    faults = compared(render(model, old), render(model, {**new, one: new[two]})).faults
    assert any(f"two different {one[0]}s became one" in fault.message for fault in faults)


@examples(50, 500)
@given(models, namings(), namings(), st.data())
def test_literal_text_must_be_equal(
    model: Model, old: Names, new: Names, data: st.DataObject
) -> None:
    model = with_line(model, [data.draw(words)])
    found = [place for place in places(model) if isinstance(place[3], str)]
    i, j, k, piece = data.draw(st.sampled_from(found))
    assert isinstance(piece, str)
    at = data.draw(st.integers(0, len(piece) - 1))
    other = piece[:at] + data.draw(st.text(LETTERS, max_size=2)) + piece[at + 1 :]
    assume(other != piece)
    faults = compared(render(model, old), render(with_piece(model, (i, j, k), other), new)).faults
    assert [(fault.step, fault.line) for fault in faults] == [(i, j + 1)]
    assert "literal text differs" in faults[0].message


@examples(50, 500)
@given(models, namings(), st.lists(sizes, min_size=1), st.lists(sizes, min_size=1))
def test_measures_are_free(model: Model, names: Names, old: list[str], new: list[str]) -> None:
    assert compared(render(model, names, old), render(model, names, new)).equal
    if any(piece is None for *_, piece in places(model)):
        faults = compared(render(model, names), render(model, names, ["9MB"])).faults
        assert {fault.message for fault in faults} == {"size 9MB is not < 9MB"}
        assert compared(render(model, names, ["9MB"]), render(model, names)).equal
        assert not compared(render(model, names), render(model, names, ["1.5s"])).equal


@examples(50, 500)
@given(models, models, namings(), namings(), st.data())
def test_a_chain_shares_one_renaming(
    first: Model, second: Model, old: Names, new: Names, data: st.DataObject
) -> None:
    value = data.draw(identities)
    first, second = (with_line(model, [value]) for model in (first, second))

    def run(one: Names, two: Names) -> Comparison:
        recorded = [render(first, old), render(second, old)]
        return compare(recorded, [render(first, one), render(second, two)], [RULES, RULES])

    assert run(new, new).equal
    other = {**new, value: new[value[0], 5]}
    assert compared(render(second, old), render(second, other)).equal
    assert not run(new, other).equal


@pytest.mark.parametrize(
    ("old", "new", "equal"),
    [
        ("  812 sh\n", "12345 sh\n", True),
        ("812    sh\n", "12345  sh\n", True),
        ("x 812\n", "x   7\n", True),
        ("x 812\n", "x 12345 \n", True),
        ("x 812 y  z\n", "x 12345 y z\n", False),
        ("x  812 y\n", "x 813 y\n", False),
        ("x 812\n", "x 12345\n\n", False),
        ("x (812)\n", "x(12345)\n", False),
        ("x: 812\n", "x:12345\n", False),
        ("812 5\n", "8125\n", False),
        ("x 812\n", "x 12345", False),
        ("5kB  x\n", "3 MB x\n", True),
        ("Up 3 minutes   x\n", "Up 12ms x\n", True),
    ],
)
def test_columns_may_shift_only_beside_a_value_of_another_length(
    old: str, new: str, equal: bool
) -> None:
    assert compared(output(old), output(new)).equal is equal
    assert compared(output(new), output(old)).equal is equal


def test_the_output_of_sha256sum_can_be_seen_to_equal_a_digest() -> None:
    rules = parse_volatile(["digest", "sha256"])
    old, new, other = "a" * 64, "b" * 64, "c" * 64
    recorded = output(f"{old}  manifest\nimage@sha256:{old}\n")
    assert compared(recorded, output(f"{new}  manifest\nimage@sha256:{new}\n"), rules).equal
    assert not compared(recorded, output(f"{new}  manifest\nimage@sha256:{other}\n"), rules).equal


def test_faults_say_where_and_what() -> None:
    recorded = Transcript((Step("a", b"812 900\n"), Step("b", b"x\n812\n"), Step("c", b"")))
    new = Transcript((Step("a", b"7 7\n"), Step("b", b"x\n8\n", 3), Step("d", b"9MB\n")))
    faults = compared(recorded, new).faults
    assert [(fault.step, fault.line, fault.message) for fault in faults] == [
        (0, 1, "two different pids became one: 900, and 812 in step 1, are 7"),
        (1, 0, "the exit status was 0 and is 3 now"),
        (1, 2, "pid 812 was equal to pid 812 in step 1 and is not now: 8"),
        (2, 0, "another command: '$ c' was recorded, '$ d' ran"),
        (2, 1, "size 9MB is not < 9MB"),
    ]
    chain = compare([recorded, recorded], [recorded, new], [RULES, RULES])
    assert "in step 1 of snippet 1 and is not now" in chain.faults[0].message
    shorter = compared(recorded, Transcript(recorded.steps[:2])).faults
    assert [(fault.step, fault.message) for fault in shorter] == [
        (2, "3 steps were recorded, there are 2 now")
    ]
    jail = Transcript((replace(recorded.steps[0], prompt="jail#"), *recorded.steps[1:]))
    assert not compared(recorded, jail).equal


@pytest.mark.parametrize("names", [[], ["loose"]])
def test_long_outputs_take_seconds(names: list[str]) -> None:
    old = output("".join(f"process {i + 2} holds {i}kB\n" for i in range(10_000)))
    shift = range(10_000) if not names else reversed(range(10_000))
    new = output("".join(f"process {i + 50_000} holds {i % 9}MB\n" for i in shift))
    start = time.process_time()
    assert compared(old, new, replace(RULES, bounds=()), names).equal
    assert time.process_time() - start < 20


noise = st.lists(
    st.sampled_from(
        [b"812", b"\n", b" ", b"5MB", b"tok=", b"sha256:", b"a" * 64, b"::", b"\xff", b"xq3b"]
    )
    | st.sampled_from([b"2026-11-24", b" minutes", b"\r", b"\0", b"1.2.3.4", b"/tmp/tmp.abcdefgh"])
    | st.binary(max_size=4),
    max_size=12,
).map(b"".join)
steps = st.builds(Step, st.sampled_from(["a", "b"]), noise, st.integers(0, 1))
transcripts = st.lists(steps, max_size=3).map(lambda steps: Transcript(tuple(steps)))
ALL = parse_volatile(
    [*KINDS, "n < 9", OWN, {"name": "odd", "pattern": r"x*(?=q)|(\d)?b"}], ["loose"]
)


@examples(150, 1000)
@given(transcripts, transcripts, st.sampled_from([[], ["loose"] * 3]))
def test_no_transcript_makes_it_raise(old: Transcript, new: Transcript, names: list[str]) -> None:
    free = replace(ALL, bounds=())
    assert compared(old, old, free, names).equal
    compared(old, new, ALL, names)
    assert compared(merge(old, new, ALL, names), new, free, names).equal


def test_the_three_sequences_must_be_of_one_length() -> None:
    with pytest.raises(ValueError, match="zip"):
        compare([output("x")], [], [RULES])


LONG, OTHER = "0123456789ab" + "c" * 52, "ba9876543210" + "d" * 52


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (f"{LONG} {LONG[:12]}", f"{OTHER} {OTHER[:12]}", ""),
        (f"{LONG[:12]}\nsha256:{LONG}", f"{OTHER[:12]}\nsha256:{OTHER}", ""),
        (f"{LONG} {LONG[:12]}", f"{OTHER} {LONG[:12]}", "was the beginning of"),
        (f"{LONG} {OTHER[:12]}", f"{OTHER} {OTHER[:12]}", "was the beginning of no other id"),
        (LONG[:12], OTHER, "had 12 digits, it has 64 now"),
    ],
)
def test_a_short_id_belongs_to_its_long_form(old: str, new: str, words: str) -> None:
    rules = parse_volatile(["container-id", "digest"])
    faults = compare([output(old)], [output(new)], [rules]).faults
    assert (words in faults[0].message) if words else not faults


def test_headings_may_move_with_their_columns_where_that_is_said() -> None:
    old, new = "NAME     STATUS\nclever_a up\n", "NAME         STATUS\nvery_clever_b up\n"
    name = {"name": "name", "pattern": r"^(\w+_\w+)"}
    for extra, equal in (([], False), (["columns"], True)):
        rules = parse_volatile([name, *extra])
        assert compare([output(old)], [output(new)], [rules]).equal is equal
