"""Every snippet still prints what the pages show: one test each.

Those of the namespace lab share one, and run in another order at each commit (see
tests/remembered.py). So this is red also where a snippet leaves something that another finds: a
file, a process, a mount, a setting of the kernel that survives its stage.
"""

from collections.abc import Callable

import pytest

from snippetlab.laboratory import Laboratory
from snippetlab.library import load_library
from snippetlab.project import Project
from snippetlab.report import describe
from snippetlab.runner import Verdict, run_all
from tests.remembered import OWN
from tests.support import ROOT

LIBRARY = load_library(Project(ROOT))
RUNNABLE = [entry.snippet for entry in LIBRARY.entries.values() if entry.snippet.runs]
# `snippetlab verify` does the same, which the workflows run before the other tests; but in an
# order of its own.
ONCE = [snippet.id for snippet in RUNNABLE if snippet.lab != "namespace"]
MIXED = [snippet.id for snippet in RUNNABLE if snippet.lab == "namespace"]
IDS = [*MIXED, *(pytest.param(id_, marks=pytest.mark.recordings) for id_ in ONCE)]


@pytest.mark.variant(OWN)
@pytest.mark.parametrize("id_", IDS)
def test_recording(id_: str, laboratory_of: Callable[[str], Laboratory]) -> None:
    entry = LIBRARY.entries[id_]
    if fault := entry.fault:
        pytest.fail(str(fault), pytrace=False)
    lab = entry.snippet.lab
    (result,) = run_all({lab: laboratory_of(lab)}, [entry])
    if result.verdict is not Verdict.HELD:
        pytest.fail(describe(result), pytrace=False)
