"""Merge conflicts are found whatever a file holds."""

import pytest

from snippetlab.snippet.conflict import find_conflict


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> topic\n", 2),
        ("<<<<<<< a\n<<<<<<< b\n=======\n>>>>>>> c", 1),
        ("=======\n<<<<<<< a\n>>>>>>> b\n", 0),
        ("Title\n=======\n>>>>>>> quoted\n", 0),
        ("<<<<<<<< a\n=======\n>>>>>>> b\n", 0),
        ("<<<<<<< a\n======= b\n>>>>>>> c\n", 0),
        ("<<<<<<< a\n=======\n" * 20_000, 0),  # in no more than one pass
    ],
    ids=range(7),
)
def test_a_conflict_has_three_marks_in_their_order(text: str, line: int) -> None:
    assert find_conflict(text) == line
