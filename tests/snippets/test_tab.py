"""What readers can run in their tab."""

from snippetlab.project import Project
from snippetlab.snippet.library import load_library
from tests.support import ROOT

ENTRIES = load_library(Project(ROOT)).entries.values()
SNIPPETS = [entry.snippet for entry in ENTRIES if not entry.experiment]


def test_every_snippet_of_the_namespace_lab_runs_in_the_tab_or_says_why_not() -> None:
    left = [snippet for snippet in SNIPPETS if snippet.lab == "namespace" and not snippet.browser]
    assert {s.id for s in left if set(s.elsewhere) != {"ko", "en"}} == set()
    assert sum(snippet.browser for snippet in SNIPPETS) >= 86
