"""What a twin's run shows: nothing where something else than the twin failed."""

from pathlib import Path

import pytest

from snippetlab.errors import Cure, EngineError
from snippetlab.labs.failing import OverdueError, RunError
from snippetlab.project import Project
from snippetlab.run.runner import Result, Verdict
from snippetlab.run.twin import Twin
from snippetlab.run.weaken import fault_of, weakened
from snippetlab.snippet.library import load_library
from tests.support import Write, snippet

CURE = Cure("fails", "Mend it.")


@pytest.fixture
def twin(project: Project, write: Write) -> Result:
    """One whose run has failed, in a chain."""
    write("snippets/a/first.sh", snippet("true\n"))
    write(
        "snippets/a/then.sh", snippet("ls\n").replace("# ///\nls", '# after = "a/first"\n# ///\nls')
    )
    entry = load_library(project).find("a/then")
    return Result(weakened(entry, "ls", "true"), Verdict.FAILED)


@pytest.mark.parametrize("name", ["a/first", "a/then"])
def test_only_its_own_failure_is_one(twin: Result, project: Project, name: str) -> None:
    error = RunError(project.snippets / f"{name}.sh", 5, "exit status 1", CURE)
    found = fault_of(_with(twin, error), Path("without.toml"), Twin(1, "ls", "true"))
    assert found == (None if name == "a/then" else error)


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (OverdueError, "it took longer than 5 s"),
        (RunError, "exit status 1\nERROR: DeadlineExceeded: context deadline exceeded"),
    ],
)
def test_that_time_was_up_is_none(
    twin: Result, project: Project, kind: type[RunError], message: str
) -> None:
    error = kind(project.snippets / "a/then.sh", 5, message, CURE)
    assert fault_of(_with(twin, error), Path("without.toml"), Twin(1, "ls", "true")) == error


def test_a_lab_that_did_not_work_is_none(twin: Result) -> None:
    error = EngineError("the machine did not start", CURE)
    assert fault_of(_with(twin, error), Path("without.toml"), Twin(1, "ls", "true")) == error


def _with(result: Result, error: EngineError) -> Result:
    return Result(result.entry, result.verdict, error=error)
