"""Runs that held are remembered from build to build, for a while."""

import os
import time
from pathlib import Path

import pytest

from snippetlab.project import Project
from snippetlab.run.proof import Proofs
from snippetlab.snippet.entry import Entry
from tests.engine.results import recorded
from tests.support import Write

PROOFS = ("digest", "kernel")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SNIPPETLAB_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def entries(project: Project, write: Write) -> list[Entry]:
    return [recorded(project, write, id_) for id_ in ("a/one", "a/two")]


def test_what_was_kept_holds_and_nothing_else(cache: Path, entries: list[Entry]) -> None:
    one, two = entries
    assert Proofs(*PROOFS).lacking(entries) == entries
    Proofs(*PROOFS).keep([one])
    assert Proofs(*PROOFS).lacking(entries) == [two]


def test_two_that_are_alike_are_two(cache: Path, project: Project, write: Write) -> None:
    entries = [recorded(project, write, id_) for id_ in ("a/one", "b/one")]
    assert Proofs(*PROOFS).lacking(entries) == entries


@pytest.mark.parametrize("other", [("another", "kernel"), ("digest", "another")])
def test_it_holds_for_one_image_and_one_kernel(
    other: tuple[str, str], cache: Path, entries: list[Entry]
) -> None:
    Proofs(*PROOFS).keep(entries)
    assert Proofs(*other).lacking(entries) == entries


def test_keeping_again_writes_nothing(cache: Path, entries: list[Entry]) -> None:
    Proofs(*PROOFS).keep(entries)
    (month,) = (cache / "proofs").iterdir()
    before = month.read_text()
    Proofs(*PROOFS).keep(entries)
    assert month.read_text() == before


def test_what_is_used_outlives_its_month_and_what_is_not_is_forgotten(
    cache: Path, entries: list[Entry]
) -> None:
    Proofs(*PROOFS).keep(entries)
    (month,) = (cache / "proofs").iterdir()
    old = month.rename(month.with_name("2020-01"))
    long_ago = time.time() - 100 * 24 * 3600
    os.utime(old, (long_ago, long_ago))
    one, two = entries
    assert Proofs(*PROOFS).lacking([one]) == []
    assert not old.exists()
    assert Proofs(*PROOFS).lacking(entries) == [two]


def test_a_cache_that_cannot_be_written_is_no_error(cache: Path, entries: list[Entry]) -> None:
    cache.write_text("a file")
    Proofs(*PROOFS).keep(entries)
    assert Proofs(*PROOFS).lacking(entries) == entries
