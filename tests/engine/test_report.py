"""Results for machines: what each format says, and that no text can break it."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from snippetlab.errors import EngineError, SourceError
from snippetlab.fence import Fence, Reference
from snippetlab.library import Entry, load_library
from snippetlab.project import Project
from snippetlab.recording import write_recording
from snippetlab.report import annotations, junit, results_json
from snippetlab.runner import Result, Verdict, recording_fault
from snippetlab.transcript import Step, Transcript
from tests.support import Write, snippet

NONE = """\
# /// snippet
# lab = "none"
# proves = "x"
# reason = {reason}
# source = "y"
# ///
ls
"""
FAULT = "step 1, line 1: the text differs"


def transcript(output: bytes) -> Transcript:
    return Transcript((Step("echo", output),))


def find(project: Project, id_: str) -> Entry:
    return load_library(project).find(id_)


@pytest.fixture
def held(project: Project, write: Write) -> Result:
    return Result(recorded(project, write, "a/held"), Verdict.HELD, transcript(b"old\n"), None, 0.5)


@pytest.fixture
def changed(project: Project, write: Write) -> Result:
    entry = recorded(project, write, "a/changed")
    return Result(entry, Verdict.CHANGED, transcript(b"new\n"), None, 0.25, (FAULT,))


@pytest.fixture
def failed(project: Project, write: Write) -> Result:
    entry = recorded(project, write, "b/failed")
    error = SourceError(entry.snippet.path, 5, "this step failed", "Mend it.")
    return Result(entry, Verdict.FAILED, None, error, 0.1236)


@pytest.fixture
def not_run(project: Project, write: Write) -> Result:
    write("snippets/b/none.sh", NONE.format(reason='{ ko = "커널", en = "kernel" }'))
    return Result(find(project, "b/none"), Verdict.NOT_RUN)


def recorded(project: Project, write: Write, id_: str) -> Entry:
    """A snippet whose recording says that it printed `old`."""
    write(f"snippets/{id_}.sh", snippet("echo\n"))
    entry = find(project, id_)
    write_recording(entry.snippet, entry.key, transcript(b"old\n"))
    return find(project, id_)


def cases(document: str) -> dict[str, ElementTree.Element]:
    """The test cases of a JUnit file by name."""
    found = ElementTree.fromstring(document).iter("testcase")
    return {case.attrib["name"]: case for case in found}


def test_junit_has_totals_and_one_case_for_each_snippet(
    project: Project, held: Result, changed: Result, failed: Result, not_run: Result
) -> None:
    document = junit([held, changed, failed, not_run], project.root)
    top = ElementTree.fromstring(document)
    totals = {"tests": "4", "failures": "2", "errors": "0", "skipped": "1", "time": "0.874"}
    assert top.tag == "testsuites"
    assert top.attrib == totals
    assert [suite.attrib for suite in top] == [{"name": "snippets"} | totals]
    assert list(cases(document)) == ["a/held", "a/changed", "b/failed", "b/none"]
    assert cases(document)["b/failed"].attrib == {
        "classname": "b",
        "name": "b/failed",
        "file": "snippets/b/failed.sh",
        "line": "5",
        "time": "0.124",
    }


def test_junit_says_what_came_of_each(
    project: Project, held: Result, changed: Result, failed: Result, not_run: Result
) -> None:
    found = cases(junit([held, changed, failed, not_run], project.root))
    assert len(found["a/held"]) == 0
    difference = found["a/changed"].find("failure")
    assert difference is not None
    assert difference.attrib["message"] == "a/changed no longer prints what is recorded"
    assert FAULT in (difference.text or "")
    assert "snippetlab record a/changed" in (difference.text or "")
    assert "\n-old\n+new" in (difference.text or "")
    failure = found["b/failed"].find("failure")
    assert failure is not None
    assert failure.text == "this step failed\n    Mend it."
    skipped = found["b/none"].find("skipped")
    assert skipped is not None
    assert skipped.attrib == {"message": "kernel"}


def test_a_reason_for_all_languages_is_used(project: Project, write: Write) -> None:
    write("snippets/b/none.sh", NONE.format(reason='"why"'))
    [case] = cases(junit([Result(find(project, "b/none"), Verdict.NOT_RUN)], project.root)).values()
    assert case[0].attrib["message"] == "why"


def test_junit_of_nothing_is_a_file_too(project: Project) -> None:
    assert ElementTree.fromstring(junit([], project.root)).attrib["tests"] == "0"


def test_junit_holds_any_text(project: Project, held: Result) -> None:
    hostile = ']]> & < \x00\x1b[31m \ufffe \ud800 "é" 한 😀'
    error = EngineError(f"{hostile}\n{hostile}")
    document = junit([Result(held.entry, Verdict.FAILED, None, error)], project.root)
    [case] = cases(document.encode().decode()).values()
    shown = r']]> & < \x00\x1b[31m \ufffe \ud800 "é" 한 😀'
    assert case[0].attrib["message"] == shown
    assert (case[0].text or "").startswith(f"{shown}\n{shown}")


def test_of_several_runs_the_bad_one_counts(project: Project, changed: Result) -> None:
    good = Result(changed.entry, Verdict.HELD, transcript(b"old\n"))
    runs = [good, changed, good]
    [case] = cases(junit(runs, project.root)).values()
    assert case.find("failure") is not None
    assert annotations(runs, [], project.root).count("::error") == 1
    verdicts = [row["verdict"] for row in json.loads(results_json(runs, project.root))]
    assert verdicts == ["held", "changed", "held"]


def test_json_states_every_result(
    project: Project, held: Result, changed: Result, failed: Result, not_run: Result
) -> None:
    rows = json.loads(results_json([held, changed, failed, not_run], project.root))
    assert rows[0] == {
        "id": "a/held",
        "verdict": "held",
        "seconds": 0.5,
        "path": "snippets/a/held.sh",
        "line": 1,
        "message": "",
        "diff": [],
    }
    assert rows[1]["line"] == 1
    assert rows[1]["diff"][-2:] == ["-old", "+new"]
    assert FAULT in rows[1]["message"]
    assert rows[2] == {
        "id": "b/failed",
        "verdict": "failed",
        "seconds": 0.124,
        "path": "snippets/b/failed.sh",
        "line": 5,
        "message": "this step failed\n    Mend it.",
        "diff": [],
    }
    assert (rows[3]["verdict"], rows[3]["message"]) == ("not run", "kernel")


@pytest.mark.parametrize("state", ["missing", "edited by hand"])
def test_a_recording_that_is_not_fresh_is_a_failure_at_its_place(
    state: str, project: Project, held: Result
) -> None:
    recording = held.entry.snippet.recording
    if state == "missing":
        recording.unlink()
    else:
        recording.write_text(recording.read_text().replace("old", "odd"))
    entry = find(project, "a/held")
    result = Result(entry, Verdict.FAILED, error=recording_fault(entry))
    [row] = json.loads(results_json([result], project.root))
    assert row["path"] == f"snippets/a/held.{'sh' if state == 'missing' else 'out'}"
    assert "snippetlab record a/held" in row["message"]


def test_a_run_without_a_recording_says_so(project: Project, write: Write) -> None:
    write("snippets/a/b.sh", snippet("echo\n"))
    result = Result(find(project, "a/b"), Verdict.CHANGED, transcript(b"new\n"))
    [row] = json.loads(results_json([result], project.root))
    assert "has no recording" in row["message"]
    assert "snippetlab record a/b" in row["message"]


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
    message = "100%25, a:b%0D%0A::error::forged%0A%250A"
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
        error = SourceError(failed.entry.snippet.path, 5, "this step failed", "Mend it.")
        failed = Result(failed.entry, Verdict.FAILED, None, error)
        texts.append(
            [
                junit([failed], project.root),
                results_json([failed], project.root),
                annotations([failed], [], project.root),
            ]
        )
    assert texts[0] == texts[1]
