"""Every snippet on isolation shows its point: without the isolation its transcript changes.

without.toml says for each how its isolation is taken away: a text and what replaces it.
"""

from collections.abc import Callable

import pytest

from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from snippetlab.run.runner import Verdict, run_all
from snippetlab.run.twin import TWIN, prints_the_same, read_twins, twins_path
from snippetlab.run.weaken import differs, weakened
from snippetlab.snippet.library import load_library
from tests.snippets.skipping import skip
from tests.support import ROOT
from tools.twins import twins

PATH = twins_path(Project(ROOT))
WITHOUT = read_twins(PATH)
LIBRARY = load_library(Project(ROOT))


def test_every_snippet_on_isolation_has_an_entry() -> None:
    findings = list(twins(ROOT))
    assert not findings, "\n".join(map(str, findings))
    assert len(WITHOUT) >= 20


@pytest.mark.variant(TWIN)
@pytest.mark.parametrize("id_", WITHOUT)
def test_without_its_isolation_it_fails(
    id_: str, laboratory_of: Callable[[str], Laboratory]
) -> None:
    twin = WITHOUT[id_]
    if id_ not in LIBRARY.entries or not twin.is_written:
        pytest.skip("the test above says what is wrong")
    entry = LIBRARY.entries[id_]
    lab = entry.snippet.lab
    changed = weakened(entry, twin.text, twin.replacement)
    (result,) = run_all({lab: laboratory_of(lab)}, [changed])
    if result.verdict is Verdict.SKIPPED:
        skip(result)
    if not differs(result):
        pytest.fail(f"{prints_the_same(PATH, id_, twin)}\n{result.error or ''}", pytrace=False)
