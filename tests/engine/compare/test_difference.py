"""Which lines of two recordings of one program differ in what is literal."""

from snippetlab.compare.difference import differences
from snippetlab.compare.kinds import Volatile, parse_volatile
from snippetlab.transcript import Step, Transcript

NOTHING = Volatile(())


def lines(old: str, new: str, rules: Volatile = NOTHING, name: str = "") -> list[tuple[str, ...]]:
    """The differing lines of one step, on each side."""
    before, after = (Transcript((Step("x", text.encode()),)) for text in (old, new))
    found = differences(before, after, rules, [name])
    return [tuple(line.text for line in side) for one in found for side in (one.old, one.new)]


def test_equal_ones_have_no_difference() -> None:
    assert not lines("a\nb\n", "a\nb\n")


def test_each_line_that_differs_is_found_not_only_the_first() -> None:
    assert lines("a\nb\nc\nd\n", "a\nB\nc\nD\n") == [("b\n", "d\n"), ("B\n", "D\n")]


def test_a_line_more_is_on_its_side_only() -> None:
    assert lines("a\nc\n", "a\nb\nc\n") == [(), ("b\n",)]


def test_what_varies_is_no_difference() -> None:
    rules = parse_volatile(["pid"])
    assert not lines("process 4711 runs\n", "process 99 runs\n", rules)
    assert lines("process 4711 runs\nx\n", "process 99 runs\ny\n", rules) == [("x\n",), ("y\n",)]


def test_values_that_were_equal_and_are_not_are_found() -> None:
    rules = parse_volatile(["pid"])
    old, new = "process 11\nprocess 11\n", "process 12\nprocess 13\n"
    assert lines(old, new, rules) == [("process 11\n",), ("process 13\n",)]


def test_lines_in_any_order_are_compared_as_a_set() -> None:
    rules = parse_volatile([], ["list"])
    assert not lines("a\nb\n", "b\na\n", rules, "list")
    assert lines("a\nb\nb\n", "c\nb\na\n", rules, "list") == [("b\n",), ("c\n",)]


def test_an_exit_status_is_a_difference() -> None:
    (found,) = differences(
        Transcript((Step("x", b"a\n", 1),)), Transcript((Step("x", b"a\n", 0),)), NOTHING, [""]
    )
    assert found.ends_otherwise
    assert (found.old, found.new) == ((), ())


def test_standard_error_counts_from_its_own_first_line() -> None:
    (found,) = differences(
        Transcript((Step("x", b"a\nb\n", errors=b"c\nd\n"),)),
        Transcript((Step("x", b"a\nb\n", errors=b"c\ne\n"),)),
        NOTHING,
        [""],
    )
    assert [(line.is_error, line.number) for line in found.old] == [(True, 1)]
