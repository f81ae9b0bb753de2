"""In which order tests run: those that take long first, so that no worker ends long after another.

xdist deals out the tests in equal parts, one after another, and a worker that is done steals from
the end of another's. So each part begins with long tests, and files stay whole where they can:
their tests share what is expensive.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, groupby, islice
from pathlib import Path
from typing import Any

import pytest

SECONDS = Path(__file__).with_name("seconds.json")
"""Test → how long it took when that was measured last, if it was long."""
VERIFIED = Path(__file__).parent.parent / "snippets/verification.json"
"""Snippet → how long it took, among other things."""
LONG = 5.0
"""As many seconds are long."""


def arranged(tests: Sequence[str], seconds: Mapping[str, float], workers: int) -> list[str]:
    """The tests, by their names, in an order to be dealt out to so many workers."""
    files = [list(file) for _, file in groupby(tests, key=lambda test: test.split("::")[0])]

    def took(test: str) -> float:
        return seconds.get(test, 0)

    def total(file: list[str]) -> float:
        return sum(map(took, file))

    for file in files:
        file.sort(key=took, reverse=True)
    parts: list[list[list[str]]] = [[] for _ in range(workers)]
    for file in sorted(filter(total, files), key=total, reverse=True):
        min(parts, key=lambda part: sum(map(total, part))).append(file)
    short = chain.from_iterable(file for file in files if not total(file))
    dealt: list[str] = []
    for number, part in enumerate(parts):
        size = (len(tests) - len(dealt)) // (workers - number)  # as xdist counts them
        part.sort(key=lambda file: took(file[0]), reverse=True)
        begun = list(chain.from_iterable(part))
        dealt += [*begun, *islice(short, max(size - len(begun), 0))]
    return [*dealt, *short]


def known(items: Iterable[pytest.Item]) -> dict[str, float]:
    """How long tests took; of one never measured, how long the snippet took that it runs."""
    rows, seconds = _read(VERIFIED), _read(SECONDS)
    for item in items:
        callspec = getattr(item, "callspec", None)
        row = rows.get(callspec.params.get("id_")) if callspec else None
        if row and row["seconds"] >= LONG:
            seconds.setdefault(item.nodeid, row["seconds"])
    return seconds


def _read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


class Order:
    """Long tests first, where several workers share them."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        if not (given := getattr(config, "workerinput", None)):
            return
        by_name = {item.nodeid: item for item in items}
        assert len(by_name) == len(items), "two tests have one name"
        order = arranged(list(by_name), known(items), given["workercount"])
        items[:] = [by_name[name] for name in order]


class Measured:
    """Keeps how long tests took: of those that passed, and what was known of others.

    One that failed may have waited for what never came, and one that was remembered took no time.
    """

    def __init__(self) -> None:
        self._took: dict[str, float] = {}
        self._failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._took[report.nodeid] = self._took.get(report.nodeid, 0) + report.duration
        if report.failed:
            self._failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        took = {name: took for name, took in self._took.items() if name not in self._failed}
        kept = {name: long for name, long in _read(SECONDS).items() if _is_there(name)}
        now = {name: round(took) for name, took in (kept | took).items() if took >= LONG}
        text = json.dumps(dict(sorted(now.items())), indent=2, ensure_ascii=False)
        SECONDS.write_text(f"{text}\n", encoding="utf-8")


def _is_there(test: str) -> bool:
    """Whether a file still has a test of that name, with whichever parameters."""
    path, _, name = test.partition("::")
    file = SECONDS.parent.parent / path
    function = rf"def {re.escape(name.partition('[')[0])}\("
    return file.is_file() and bool(re.search(function, file.read_text(encoding="utf-8")))
