"""Chains: snippets that run one after another in one instance of a lab."""

import pytest

from snippetlab.errors import SourceError
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from snippetlab.run.runner import Verdict, run_all
from snippetlab.snippet.library import load_library
from snippetlab.snippet.recording import State, write_recording
from snippetlab.transcript import Step, Transcript
from tests.support import Write, snippet


def test_selecting_a_snippet_runs_its_predecessors(
    project: Project, write: Write, laboratory: Laboratory
) -> None:
    write("snippets/a/one.sh", snippet("echo kept > file\n"))
    write("snippets/a/two.sh", snippet("cat file\n", after="a/one"))
    (result,) = run_all({"namespace": laboratory}, [load_library(project).find("a/two")])
    assert result.transcript
    assert result.transcript.steps[0].output == b"kept\n"


def test_a_shared_predecessor_is_replayed_for_each(
    project: Project, write: Write, laboratory: Laboratory
) -> None:
    write("snippets/a/one.sh", snippet("echo 1 >> file\n"))
    write("snippets/a/two.sh", snippet("echo 2 >> file\ncat file\n", after="a/one"))
    write("snippets/a/three.sh", snippet("echo 3 >> file\ncat file\n", after="a/one"))
    results = {
        r.entry.snippet.id: r
        for r in run_all({"namespace": laboratory}, [*load_library(project).entries.values()])
    }
    outputs = [results[f"a/{name}"].transcript for name in ("two", "three")]
    assert [t.steps[1].output for t in outputs if t] == [b"1\n2\n", b"1\n3\n"]
    assert results["a/one"].transcript


def test_a_failing_predecessor_fails_those_after_it(
    project: Project, write: Write, laboratory: Laboratory
) -> None:
    write("snippets/a/one.sh", snippet("false\n"))
    write("snippets/a/two.sh", snippet("true\n", after="a/one"))
    (result,) = run_all({"namespace": laboratory}, [load_library(project).find("a/two")])
    assert result.verdict is Verdict.FAILED
    assert "one.sh:5: this step failed" in str(result.error)


def test_what_fails_at_the_end_of_a_predecessor_as_announced_ends_nothing(
    project: Project, write: Write, laboratory: Laboratory
) -> None:
    write("snippets/a/one.sh", snippet("false # ? 1\n"))
    write("snippets/a/two.sh", snippet("echo on\n", after="a/one"))
    (result,) = run_all({"namespace": laboratory}, [load_library(project).find("a/two")])
    assert result.transcript
    assert result.transcript.steps[0].output == b"on\n"


def test_a_changed_predecessor_makes_a_recording_stale(project: Project, write: Write) -> None:
    write("snippets/a/one.sh", snippet("echo 1\n"))
    write("snippets/a/two.sh", snippet("echo 2\n", after="a/one"))
    entry = load_library(project).find("a/two")
    write_recording(entry.snippet, entry.inputs, Transcript((Step("echo 2", b"2\n"),)))
    assert load_library(project).find("a/two").state is State.FRESH
    write("snippets/a/one.sh", snippet("echo one\n"))
    assert load_library(project).find("a/two").state is State.STALE


@pytest.mark.parametrize(
    ("after", "words"),
    [("a/tow", "Did you mean a/two?"), ("a/one", "circle"), ("a/two", "circle")],
    ids=["unknown", "itself", "one another"],
)
def test_a_chain_that_cannot_be_is_refused(
    after: str, words: str, project: Project, write: Write
) -> None:
    write("snippets/a/one.sh", snippet("echo 1\n", after=after))
    write("snippets/a/two.sh", snippet("echo 2\n", after="a/one"))
    with pytest.raises(SourceError) as caught:
        load_library(project)
    assert words in str(caught.value)
    assert ".sh:4: " in str(caught.value)
