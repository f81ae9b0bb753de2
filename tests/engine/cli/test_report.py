"""Results as files for machines: JUnit and JSON."""

import json
from xml.etree import ElementTree

import pytest

from snippetlab.cli._findings import annotations, junit, results_json
from snippetlab.errors import EngineError
from snippetlab.project import Project
from snippetlab.run.runner import Result, Verdict
from tests.engine.results import FAULT, NONE, find, transcript
from tests.support import Write, snippet


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
        "causes": [],
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
        "causes": [],
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
    result = Result(entry, Verdict.FAILED, error=entry.fault)
    [row] = json.loads(results_json([result], project.root))
    assert row["path"] == f"snippets/a/held.{'sh' if state == 'missing' else 'out'}"
    assert "snippetlab record a/held" in row["message"]


def test_a_run_without_a_recording_says_so(project: Project, write: Write) -> None:
    write("snippets/a/b.sh", snippet("echo\n"))
    result = Result(find(project, "a/b"), Verdict.CHANGED, transcript(b"new\n"))
    [row] = json.loads(results_json([result], project.root))
    assert "has no recording" in row["message"]
    assert "snippetlab record a/b" in row["message"]
