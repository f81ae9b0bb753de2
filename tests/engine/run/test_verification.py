"""The dates of verification as a file."""

from pathlib import Path

import pytest

from snippetlab.errors import EngineError
from snippetlab.run.verification import Verified, read_verification, write_verification

VERIFIED = {"a/fresh": Verified("2026-11-24", 0.0524), "b/none": Verified("2026-11-01", 1.0)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "snippets/verification.json"


def test_what_is_written_is_read_back(path: Path) -> None:
    write_verification(path, {"b/c": Verified("2026-11-24", 1.23456), "a/b": VERIFIED["a/fresh"]})
    assert path.read_text() == (
        '{\n  "a/b": {\n    "date": "2026-11-24",\n    "seconds": 0.052\n  },\n'
        '  "b/c": {\n    "date": "2026-11-24",\n    "seconds": 1.235\n  }\n}\n'
    )
    assert read_verification(path) == {
        "a/b": Verified("2026-11-24", 0.052),
        "b/c": Verified("2026-11-24", 1.235),
    }


def test_runs_that_held_are_known_by_their_variants(path: Path) -> None:
    held = {"docker": "9f86d081", "twin": "3f2a1b"}
    write_verification(path, {"a/b": Verified("2026-11-24", 1, held), **VERIFIED})
    assert read_verification(path)["a/b"].held == held
    assert read_verification(path)["a/fresh"].held == {}  # as files before had it
    write_verification(path, {"a/b": Verified("2026-11-24", 2, {"twin": "another"})})
    assert read_verification(path) == {"a/b": Verified("2026-11-24", 1, {"twin": "another"})}


def test_a_missing_file_is_empty(path: Path) -> None:
    assert read_verification(path) == {}


@pytest.mark.parametrize(
    ("date", "expected"), [("2026-11-24", 0.052), ("2026-11-25", 0.07)], ids=["same", "later"]
)
def test_a_duration_alone_changes_nothing(date: str, expected: float, path: Path) -> None:
    write_verification(path, {"a/b": Verified("2026-11-24", 0.052)})
    write_verification(path, {"a/b": Verified(date, 0.07)})
    assert read_verification(path) == {"a/b": Verified(date, expected)}


def test_what_no_longer_exists_is_dropped(path: Path) -> None:
    write_verification(path, {"a/b": Verified("2026-11-24", 1), "a/c": Verified("2026-11-24", 1)})
    write_verification(path, {"a/c": Verified("2026-11-24", 2)})
    assert read_verification(path) == {"a/c": Verified("2026-11-24", 1)}


@pytest.mark.parametrize(
    "content",
    [
        b"<<<<<<< HEAD\n{}",
        b"\xff",
        b"[]",
        b'{"a/b": []}',
        b'{"a/b": {"date": "2026-11-24"}}',
        b'{"a/b": {"date": "yesterday", "seconds": 1}}',
        b'{"a/b": {"date": 20261124, "seconds": 1}}',
        b'{"a/b": {"date": "2026-11-24", "seconds": NaN}}',
        b'{"a/b": {"date": "2026-11-24", "seconds": -1}}',
        b'{"a/b": {"date": "2026-11-24", "seconds": 1, "held": ["twin"]}}',
    ],
)
def test_an_unreadable_file_names_the_cure_which_works(content: bytes, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(EngineError, match=r"verification\.json: (?s:.*)\n    .*verify --write"):
        read_verification(path)
    write_verification(path, VERIFIED)
    assert list(read_verification(path)) == list(VERIFIED)
