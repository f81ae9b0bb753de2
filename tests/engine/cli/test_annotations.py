"""Results as annotations of a pull request."""

from pathlib import Path

import pytest

from snippetlab.cli._findings import annotations, junit, results_json
from snippetlab.errors import Cure, EngineError, SourceError
from snippetlab.project import Project
from snippetlab.run.runner import Result, Verdict
from snippetlab.show.fence import Fence, Reference


def test_annotations_stand_at_the_fault_and_at_the_fences_that_show_it(
    project: Project, held: Result, changed: Result, failed: Result, not_run: Result
) -> None:
    page = project.docs / "ko/a/page.md"
    references = [
        Reference(page, 7, Fence(("a/held",))),
        Reference(page, 20, Fence(("a/held", "b/failed"))),
        Reference(project.docs / "en/a/page.md", 9, Fence(("b/failed",))),
    ]
    written = annotations([held, changed, failed, not_run], references, project.root)
    first, *others = written.split("\n")
    assert first.startswith("::error file=snippets/a/changed.sh,line=1,title=a/changed changed::")
    assert "%0A-old%0A+new" in first
    message = "this step failed%0A    Mend it."
    assert others == [
        f"::error file=snippets/b/failed.sh,line=5,title=b/failed failed::{message}",
        "::error file=docs/ko/a/page.md,line=21,title=b/failed failed::"
        f"snippets/b/failed.sh:5: {message}",
        "::error file=docs/en/a/page.md,line=9,title=b/failed failed::"
        f"snippets/b/failed.sh:5: {message}",
    ]


def test_without_a_fault_there_is_no_annotation(
    project: Project, held: Result, not_run: Result
) -> None:
    references = [Reference(project.docs / "page.md", 1, Fence(("a/held",)))]
    assert annotations([held, not_run], references, project.root) == ""


def test_annotations_are_escaped(project: Project, held: Result) -> None:
    error = EngineError("100%, a:b\r\n::error::forged\n%0A")
    result = Result(held.entry, Verdict.FAILED, None, error)
    page = Reference(project.root / "a,line=9::b%2C\n.md", 3, Fence(("a/held",)))
    snippet_line, page_line = annotations([result], [page], project.root).split("\n")
    message = r"100%25, a:b\x0d%0A\x3a:error::forged%0A%250A"
    assert snippet_line == (
        f"::error file=snippets/a/held.sh,line=1,title=a/held failed::{message}"
    )
    assert page_line == (
        "::error file=a%2Cline=9%3A%3Ab%252C%0A.md,line=3,title=a/held failed::"
        f"snippets/a/held.sh:1: {message}"
    )


def test_one_cause_is_annotated_once(project: Project, held: Result, failed: Result) -> None:
    """Snippets of one chain share the error of the one that failed."""
    other = Result(held.entry, Verdict.FAILED, None, failed.error)
    pages = [Reference(project.docs / "page.md", 1, Fence(("b/failed", "a/held")))]
    lines = annotations([failed, other], pages, project.root).split("\n")
    assert [line.split(",title")[0] for line in lines] == [
        "::error file=snippets/b/failed.sh,line=5",
        "::error file=docs/page.md,line=1",
        "::error file=docs/page.md,line=2",
    ]


def test_the_working_directory_does_not_matter(
    project: Project, failed: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = []
    for directory in (project.root, Path("/")):
        monkeypatch.chdir(directory)
        error = SourceError(
            failed.entry.snippet.path, 5, "this step failed", Cure("mend", "Mend it.")
        )
        failed = Result(failed.entry, Verdict.FAILED, None, error)
        texts.append(
            [
                junit([failed], project.root),
                results_json([failed], project.root),
                annotations([failed], [], project.root),
            ]
        )
    assert texts[0] == texts[1]
