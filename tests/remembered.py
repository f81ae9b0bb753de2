"""Which runs of snippets the tests repeat: see snippetlab/run/memory.py.

A test with the marker `variant` runs one snippet and says in which variant. It is not run where
the run has held before, unless it belongs to the tenth that this commit repeats. All are run
with FRESH=1 in the environment, with `--whole`, and those that are asked for by `-k` or `::`.
"""

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from functools import cache, cached_property
from typing import Any

import pytest

from snippetlab.errors import EngineError
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory, open_laboratory
from snippetlab.run.memory import Memory, key_of, rank, read_memory
from snippetlab.run.twin import TWIN, Twin, read_twins, twins_path
from snippetlab.run.weaken import weakened
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import read_library

OWN = "own"
"""The variant that is a run in the snippet's own lab."""
TITLES = {OWN: "recordings", "browser": "in the tab", TWIN: "twins"}
_REUSED = pytest.StashKey[dict[str, int]]()
"""Title → how many were not run."""
_COMMIT = pytest.StashKey[str]()
"""Whose verification.json says so."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out what is remembered. Every worker of xdist finds the same."""
    runs = _Runs(Project(config.rootpath))
    if not any(map(runs.of, items)):
        return
    memory = read_memory(config.rootpath)
    asked = config.option.keyword or any("::" in argument for argument in config.args)
    fresh = asked or config.getoption("--whole", False)
    _mix(items, runs, memory)
    reused = Counter[str]()
    left, taken = [], []
    for item in items:
        if run := runs.of(item):
            known = not fresh and memory.knows(*run, runs.key(*run))
            if known and not memory.repeats(*run):
                reused[runs.title(*run)] += 1
                taken.append(item)
                continue
            ran = "before" if known else "new"
            item.user_properties.append(("run", (runs.title(*run), ran)))
        left.append(item)
    items[:] = left
    config.hook.pytest_deselected(items=taken)
    _keep(config, memory.commit, dict(reused))
    if (output := getattr(config, "workeroutput", None)) is not None:  # of a worker of xdist
        output["remembered"] = (memory.commit, dict(reused))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What a worker has taken out; each has taken out the same."""
    if found := getattr(node, "workeroutput", {}).get("remembered"):
        _keep(node.config, *found)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """How many ran, and how many of these were remembered; how many did not run."""
    kinds = ("passed", "failed", "error")
    reports = [report for kind in kinds for report in terminalreporter.getreports(kind)]
    tests = [report for report in reports if isinstance(report, pytest.TestReport)]
    runs: dict[str, Any] = {
        each.nodeid: dict(each.user_properties).get("run", ()) for each in tests
    }
    ran = Counter(tuple(run) for run in runs.values())
    commit, reused = config.stash.get(_COMMIT, ""), config.stash.get(_REUSED, {})
    for title in TITLES.values():
        new, before, kept = ran[title, "new"], ran[title, "before"], reused.get(title, 0)
        if new or before or kept:
            tenth = f" ({before} of them a tenth of those that held before)" if before else ""
            source = f"{kept} reused from {commit[:6]} (verification.json)"
            line = f"{title}: {new + before} run{tenth}, {source if kept else 'none reused'}"
            terminalreporter.write_line(line)


def _keep(config: pytest.Config, commit: str, reused: dict[str, int]) -> None:
    config.stash[_COMMIT], config.stash[_REUSED] = commit, reused


def _mix(items: list[pytest.Item], runs: "_Runs", memory: Memory) -> None:
    """Snippets that share the namespace lab run in an order that the commit gives."""
    places = [n for n, item in enumerate(items) if (runs.of(item) or ("", ""))[1] == "namespace"]
    mixed = sorted((items[n] for n in places), key=lambda item: rank(memory.head, item.name))
    for place, item in zip(places, mixed, strict=True):
        items[place] = item


class _Runs:
    """The runs that tests stand for."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._laboratory = cache(self._open)

    def of(self, item: pytest.Item) -> tuple[str, str] | None:
        """The snippet that a test runs, and the variant."""
        marker, callspec = item.get_closest_marker("variant"), getattr(item, "callspec", None)
        if not (marker and callspec) or (id_ := callspec.params.get("id_")) not in self._entries:
            return None
        variant = str(marker.args[0])
        return id_, self._entries[id_].snippet.lab if variant == OWN else variant

    def title(self, id_: str, variant: str) -> str:
        return TITLES[OWN if variant == self._entries[id_].snippet.lab else variant]

    def key(self, id_: str, variant: str) -> str:
        """Empty where the run cannot have held."""
        entry = self._entries[id_]
        lab = entry.snippet.lab if variant == TWIN else variant
        if entry.fault or not (laboratory := self._laboratory(lab)):
            return ""
        if variant == TWIN:
            twin = self._twins[id_]
            entry = weakened(entry, twin.text, twin.replacement)
        return key_of(entry, laboratory, variant)

    @cached_property
    def _entries(self) -> Mapping[str, Entry]:
        return read_library(self._project).entries

    @cached_property
    def _twins(self) -> Mapping[str, Twin]:
        return read_twins(twins_path(self._project))

    def _open(self, name: str) -> Laboratory | None:
        """One to be asked what it is, not to run in; none where there is none."""
        with suppress(EngineError):
            laboratory = open_laboratory(self._project, name, check=False)
            laboratory.lab.close()
            return laboratory
        return None
