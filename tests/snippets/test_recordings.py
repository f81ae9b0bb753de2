"""Every snippet still prints what the pages show: one test each.

Those of the namespace lab share one, and run in another order at each commit (see
tests/remembered.py). So this is red also where a snippet leaves something that another finds: a
file, a process, a mount, a setting of the kernel that survives its stage.
"""

from collections.abc import Callable, Sequence

import pytest

from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from snippetlab.run.report import describe
from snippetlab.run.runner import Result, Verdict, run_all
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import load_library
from tests.remembered import OWN
from tests.snippets.skipping import skip
from tests.support import ROOT

LIBRARY = load_library(Project(ROOT))
RUNNABLE = [entry.snippet for entry in LIBRARY.entries.values() if entry.snippet.runs]
# `snippetlab verify` does the same, which the workflows run before the other tests; but in an
# order of its own.
ONCE = [snippet.id for snippet in RUNNABLE if snippet.lab != "namespace"]
MIXED = [snippet.id for snippet in RUNNABLE if snippet.lab == "namespace"]
IDS = [*MIXED, *(pytest.param(id_, marks=pytest.mark.recordings) for id_ in ONCE)]


@pytest.fixture(scope="session")
def results() -> dict[str, Result]:
    """What came of the snippets that ran as a part of a longer chain."""
    return {}


@pytest.mark.variant(OWN)
@pytest.mark.parametrize("id_", IDS)
def test_recording(
    id_: str,
    laboratory_of: Callable[[str], Laboratory],
    results: dict[str, Result],
    request: pytest.FixtureRequest,
) -> None:
    entry = LIBRARY.entries[id_]
    if fault := entry.fault:
        pytest.fail(str(fault), pytrace=False)
    laboratories = {entry.snippet.lab: laboratory_of(entry.snippet.lab)}
    if id_ not in results:
        chain = _longest(entry, request.session.items).chain
        results |= {result.entry.snippet.id: result for result in run_all(laboratories, chain)}
    result = results[id_]
    if result.verdict is Verdict.SKIPPED:
        skip(result)
    if result.verdict is not Verdict.HELD:  # which may be the fault of one after it
        (result,) = run_all(laboratories, [entry])
    if result.verdict is not Verdict.HELD:
        pytest.fail(describe(result), pytrace=False)


def _longest(entry: Entry, items: Sequence[pytest.Item]) -> Entry:
    """The end of the longest chain with the snippet that is to be tested anyway."""
    asked = [item.callspec.params.get("id_") for item in items if hasattr(item, "callspec")]
    ends = (LIBRARY.entries[id_] for id_ in asked if id_ in LIBRARY.entries)
    chains = (end for end in ends if entry in end.chain and not end.fault)
    return max(chains, key=lambda end: len(end.chain), default=entry)
