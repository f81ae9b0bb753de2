"""Every snippet still prints what the pages show: one test each."""

from collections.abc import Callable

import pytest

from snippetlab.laboratory import Laboratory
from snippetlab.library import load_library
from snippetlab.project import Project
from snippetlab.report import describe
from snippetlab.runner import Verdict, run_all
from tests.support import ROOT

# What `snippetlab verify` does as well, which the workflows run before the other tests.
pytestmark = pytest.mark.recordings
LIBRARY = load_library(Project(ROOT))
RUNNABLE = [id_ for id_, entry in LIBRARY.entries.items() if entry.snippet.runs]


@pytest.mark.parametrize("id_", RUNNABLE)
def test_recording(id_: str, laboratory_of: Callable[[str], Laboratory]) -> None:
    entry = LIBRARY.entries[id_]
    if fault := entry.fault:
        pytest.fail(str(fault), pytrace=False)
    lab = entry.snippet.lab
    (result,) = run_all({lab: laboratory_of(lab)}, [entry])
    if result.verdict is not Verdict.HELD:
        pytest.fail(describe(result), pytrace=False)
