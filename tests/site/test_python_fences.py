"""Python in pages and snippets prints what stands behind its `#>`."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytest_examples import CodeExample

from snippetlab.hosts.printing import check, of_snippet
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import load_library
from tests.support import ROOT, Write, snippet
from tools.examples import fences

FENCES = fences(ROOT)
SAID = "#> "


def test_there_are_some() -> None:
    assert FENCES


@pytest.mark.parametrize("example", FENCES, ids=str)
def test_fence(example: CodeExample, laboratory: Laboratory) -> None:
    check(example, laboratory)


def saying(project: Project) -> list[Entry]:
    """Python snippets that say what they print."""
    python = [e for e in load_library(project).entries.values() if e.snippet.path.suffix == ".py"]
    return [entry for entry in python if SAID in entry.snippet.code]


def test_snippets(repository: Project, laboratory_of: Callable[[str], Laboratory]) -> None:
    for entry in saying(repository):
        check(of_snippet(entry), laboratory_of(entry.snippet.lab), entry.programs[:-1])


SAYS = "x = {2, 1}\nprint('a', x, sep='-')\n#> a-{1, 2}\n"


@pytest.mark.parametrize("old", ["a-{1, 2}", "#> a-{1, 2}\n"])
def test_what_is_not_printed_is_refused(
    old: str, project: Project, write: Write, laboratory: Laboratory
) -> None:
    write("snippets/a/b.py", snippet(SAYS))
    (entry,) = saying(project)
    example = of_snippet(entry)
    check(example, laboratory)
    wrong = replace(example, source=example.source.replace(old, "#> b\n"[: len(old)]))
    with pytest.raises(pytest.fail.Exception, match="a-"):
        check(wrong, laboratory)


def test_no_example_runs_on_the_host(laboratory: Laboratory) -> None:
    source = "import os\n\nprint(os.uname().nodename, os.path.exists('/run/lab'))\n#> lab True\n"
    check(CodeExample.create(source), laboratory)
