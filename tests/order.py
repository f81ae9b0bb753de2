"""In which order tests run: those that take long first, so that no worker ends long after another.

xdist deals out the tests in equal parts, one after another, and a worker that is done steals from
the end of another's. So each part begins with long tests, and files stay whole where they can:
their tests share what is expensive.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import chain, groupby, islice
from pathlib import Path

import pytest

SECONDS = Path(__file__).with_name("seconds.json")
"""Test → how long it took when that was measured last, if it was long."""
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


class Order:
    """Long tests first, where several workers share them."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        if not (given := getattr(config, "workerinput", None)):
            return
        known = json.loads(SECONDS.read_text(encoding="utf-8")) if SECONDS.is_file() else {}
        by_name = {item.nodeid: item for item in items}
        assert len(by_name) == len(items), "two tests have one name"
        items[:] = [by_name[name] for name in arranged(list(by_name), known, given["workercount"])]


class Measured:
    """Keeps how long tests took."""

    def __init__(self) -> None:
        self._took: dict[str, float] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._took[report.nodeid] = self._took.get(report.nodeid, 0) + report.duration

    def pytest_sessionfinish(self) -> None:
        long = {name: round(took) for name, took in sorted(self._took.items()) if took >= LONG}
        SECONDS.write_text(json.dumps(long, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
