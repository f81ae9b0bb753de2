"""In which order tests run, and by what is known of how long they take."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import order
from tests.order import Measured, arranged

pytestmark = pytest.mark.pageless


def test_long_tests_begin_each_workers_part_and_files_stay_whole() -> None:
    names = [f"{file}::{number}" for file in "abcdef" for number in range(4)]
    seconds = {"c::1": 60.0, "e::3": 50.0, "f::0": 20.0, "f::1": 7.0}
    dealt = arranged(names, seconds, 2)
    assert sorted(dealt) == names
    first, second = dealt[:12], dealt[12:]
    assert first[:4] == ["c::1", "c::0", "c::2", "c::3"]
    assert second[:5] == ["e::3", "e::0", "e::1", "e::2", "f::0"]
    assert [{name[0] for name in part} for part in (first, second)] == [set("abc"), set("def")]


def test_there_are_as_many_tests_as_before_however_they_are_dealt_out() -> None:
    names = [f"a::{number}" for number in range(7)] + ["b::0"]
    for workers in (1, 2, 3, 20):
        for seconds in ({}, {"a::3": 9.0}, dict.fromkeys(names, 6.0)):
            assert sorted(arranged(names, seconds, workers)) == names


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where it is kept how long tests took."""
    for name in ("seconds", "verified"):
        monkeypatch.setattr(order, name.upper(), tmp_path / f"tests/{name}.json")
    (tmp_path / "tests").mkdir()
    return tmp_path / "tests/seconds.json"


def measure(outcomes: dict[str, tuple[str, float]]) -> None:
    measured = Measured()
    for nodeid, (outcome, took) in outcomes.items():
        for when, part in (("setup", took / 4), ("call", took - took / 4)):
            failed = outcome == "failed" and when == "call"
            report: Any = SimpleNamespace(nodeid=nodeid, duration=part, failed=failed)
            measured.pytest_runtest_logreport(report)
    measured.pytest_sessionfinish()


def test_who_measures_a_part_forgets_nothing_of_the_rest(kept: Path) -> None:
    (kept.parent / "test_a.py").write_text("def test_one(): ...\ndef test_other(n): ...\n")
    one, other = "tests/test_a.py::test_one", "tests/test_a.py::test_other"
    measure({one: ("passed", 60), f"{other}[1]": ("passed", 8), f"{other}[2]": ("passed", 1)})
    assert json.loads(kept.read_text()) == {one: 60, f"{other}[1]": 8}
    measure({f"{other}[2]": ("passed", 30), f"{other}[1]": ("passed", 2)})
    assert json.loads(kept.read_text()) == {one: 60, f"{other}[2]": 30}


def test_of_what_fails_or_is_no_longer_there_nothing_is_kept(kept: Path) -> None:
    (kept.parent / "test_a.py").write_text("def test_one(): ...\n")
    names = ["tests/test_a.py::test_one", "tests/test_a.py::test_gone", "tests/test_b.py::test_one"]
    kept.write_text(json.dumps(dict.fromkeys(names, 9)))
    measure({names[0]: ("failed", 120)})
    assert json.loads(kept.read_text()) == {names[0]: 9}


def test_a_snippet_that_nobody_measured_takes_as_long_as_it_was_verified(kept: Path) -> None:
    rows = {f"a/{name}": {"seconds": took} for name, took in (("s", 1.0), ("m", 7.0), ("l", 60.0))}
    kept.with_name("verified.json").write_text(json.dumps(rows))
    kept.write_text(json.dumps({"[a/m]": 9.0, "x": 5.0}))
    items: list[Any] = [
        SimpleNamespace(nodeid=f"[{id_}]", callspec=SimpleNamespace(params={"id_": id_}))
        for id_ in (*rows, "a/new")
    ]
    items.append(SimpleNamespace(nodeid="x"))
    assert order.known(items) == {"[a/m]": 9.0, "[a/l]": 60.0, "x": 5.0}
