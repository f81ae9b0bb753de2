"""Lines that may come in any order."""

import itertools
import re
import time

from hypothesis import given
from hypothesis import strategies as st

from tests.engine.models import (
    Names,
    Piece,
    Value,
    compared,
    identities,
    namings,
    output,
    render,
    words,
)
from tests.support import examples


@examples(75, 500)
@given(
    st.lists(st.lists(words | identities, max_size=3), max_size=4).flatmap(
        lambda step: st.tuples(st.just(step), st.permutations(step))
    ),
    st.dictionaries(st.integers(0, 3), identities, max_size=1),
    namings(),
    namings(),
)
def test_any_order_is_what_some_order_is(
    steps: tuple[list[list[Piece]], list[list[Piece]]],
    changes: dict[int, Value],
    old: Names,
    new: Names,
) -> None:
    """The search finds a renaming if and only if trying all orders does."""
    before, after = steps
    for index, value in changes.items():
        if index < len(after) and after[index]:
            after[index] = [*after[index][:-1], value]
    recorded = render([before], old)
    orders = itertools.permutations(after)
    expected = any(compared(recorded, render([list(o)], new)).equal for o in orders)
    found = compared(recorded, render([after], new), names=["loose"])
    assert found.equal == expected
    if not changes:
        assert found.equal


def test_in_any_order_lines_without_a_counterpart_are_named() -> None:
    recorded, new = output("x 5\ny 5\nz\n"), output("z\ny 7\nw 7\n")
    faults = compared(recorded, new, names=["loose"]).faults
    assert [(fault.line, fault.message) for fault in faults] == [
        (1, "a line is missing: 'x 5\\n'"),
        (3, "a line is new: 'w 7\\n'"),
    ]
    (fault,) = compared(recorded, output("x 7\nz\ny 8\n"), names=["loose"]).faults
    assert "no renaming makes the lines equal, in any order" in fault.message


def rings(*lengths: int) -> str:
    """The edges of rings: nearby, every value looks like every other."""
    edges, base = [], 2
    for length in lengths:
        edges += [f"{base + i} {base + (i + 1) % length}\n" for i in range(length)]
        base += length
    return "".join(edges)


def test_a_search_finds_what_there_is_and_gives_up_in_time() -> None:
    def faults(old: str, new: str) -> list[str]:
        start = time.process_time()
        found = compared(output(old), output(new), names=["loose"]).faults
        assert time.process_time() - start < 20
        return [fault.message for fault in found]

    backwards = "".join(sorted(rings(300).splitlines(keepends=True)))
    assert faults(rings(300), backwards) == []
    # Here the value that is free stands before the one that decides: what is tied is given back.
    flipped = re.sub(r"(\d+) (\d+)", r"\2 \1", rings(60))
    renamed = re.sub(r"\d+", lambda found: str(900 - int(found[0]) * 7 % 61), flipped)
    assert faults(flipped, renamed) == []
    assert faults(rings(150, 150), backwards)[0].startswith("no order was found in 20000 tries")
    assert faults(rings(3, 3, 6), rings(6, 3, 3)) == []  # the first choice is wrong: undone
    assert faults(rings(3, 3), rings(6))[0].startswith("no renaming makes the lines equal")
