"""Results as annotations of a pull request."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from snippetlab.cli._findings import annotations, junit, results_json
from snippetlab.errors import Cure, EngineError, SourceError
from snippetlab.project import Project
from snippetlab.run.runner import Result, Verdict
from snippetlab.show.fence import Fence, Reference, StepName
from snippetlab.snippet.command import flatten
from snippetlab.snippet.library import load_library
from snippetlab.transcript import Transcript
from tests.engine.pages import write_run


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


def test_of_the_parts_of_a_run_the_one_with_the_fault_is_annotated(project: Project) -> None:
    """The first step that printed something else, or the command in the line of the error."""
    write_run(project)
    entry = load_library(project).entries["a/run"]
    assert entry.recording
    page, two, four = project.docs / "page.md", StepName("two", 1), StepName("four", 1)
    ends = ((None, StepName("one", 1)), (two, StepName("three", 1)), (four, None))
    references = [
        Reference(page, 10 * n, Fence(("a/run",), start=start, end=end))
        for n, (start, end) in enumerate(ends, 1)
    ]
    steps = list(entry.recording.transcript.steps)
    names = entry.step_names
    steps[names.index("three")] = replace(steps[names.index("three")], output=b"other\n")
    changed = Result(entry, Verdict.CHANGED, Transcript(tuple(steps)))
    line = next(c.line for c in flatten(entry.program.commands) if c.name == "four")
    fault = SourceError(entry.snippet.path, line, "it failed", Cure("mend", "Mend it."))
    failed = Result(entry, Verdict.FAILED, None, fault)
    unknown = Result(entry, Verdict.FAILED, None, EngineError("no lab"))
    for result, lines in ((changed, [20]), (failed, [30]), (unknown, [10, 20, 30])):
        said = annotations([result], references, project.root)
        assert re.findall(r"page\.md,line=(\d+)", said) == list(map(str, lines))
