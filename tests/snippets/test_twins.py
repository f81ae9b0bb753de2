"""Every snippet that runs shows its point: without that its transcript changes, or it fails.

without.toml says for each what is taken away: a text and what replaces it.
"""

from collections.abc import Callable

import pytest

from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from snippetlab.run.runner import Verdict, run_all
from snippetlab.run.twin import TWIN, read_twins, twins_path
from snippetlab.run.weaken import fault_of, weakened
from snippetlab.snippet.library import load_library
from tests.snippets.skipping import skip
from tests.support import ROOT
from tools.twins import twins

PATH = twins_path(Project(ROOT))
WITHOUT = read_twins(PATH)
RUN = [id_ for id_, twin in WITHOUT.items() if twin.runs]
LIBRARY = load_library(Project(ROOT))


def test_every_snippet_that_runs_has_an_entry_and_few_have_a_reason_instead() -> None:
    findings = list(twins(ROOT))
    assert not findings, "\n".join(map(str, findings))
    assert len(WITHOUT) - len(RUN) < len(WITHOUT) / 50


@pytest.mark.variant(TWIN)
@pytest.mark.parametrize("id_", RUN)
def test_without_what_it_shows_it_fails(
    id_: str, laboratory_of: Callable[[str], Laboratory]
) -> None:
    twin = WITHOUT[id_]
    if id_ not in LIBRARY.entries:
        pytest.skip("the test above says what is wrong")
    entry = LIBRARY.entries[id_]
    lab = entry.snippet.lab
    changed = weakened(entry, twin.text, twin.replacement)
    (result,) = run_all({lab: laboratory_of(lab)}, [changed])
    if result.verdict is Verdict.SKIPPED:
        skip(result)
    if fault := fault_of(result, PATH, twin):
        pytest.fail(str(fault), pytrace=False)
