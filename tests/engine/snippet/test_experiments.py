"""Experiments: what is changed, what is predicted, and that exactly one prediction holds."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from snippetlab.errors import SourceError
from snippetlab.project import Project
from snippetlab.run.basis import basis
from snippetlab.run.laboratory import Laboratory
from snippetlab.run.runner import Verdict, run_all
from snippetlab.snippet.entry import Entry, said_of
from snippetlab.snippet.library import load_library
from snippetlab.snippet.recording import State
from tests.engine.experiments import FILE, ID, SNIPPET, entry_of, experiment
from tests.support import Write, snippet

cure = pytest.mark.cure


@pytest.fixture
def tried(project: Project, write: Write) -> Callable[..., Entry]:
    """The entry of an experiment, with a recording of what it prints if that is given."""

    def tried(text: str, printed: str = "", code: str = SNIPPET) -> Entry:
        return entry_of(project, write, text, printed, code)

    return tried


def test_it_is_the_snippet_with_something_changed(tried: Callable[..., Entry]) -> None:
    entry = tried(experiment())
    assert [command.text for command in entry.program.commands] == ["echo one", "echo TWO"]
    assert entry.program.path.name == "b.sh"
    assert entry.fault
    assert f"snippetlab record {ID}" in str(entry.fault)


def test_it_is_recorded_beside_its_file(tried: Callable[..., Entry]) -> None:
    entry = tried(experiment(), "TWO\n")
    assert entry.state is State.FRESH
    assert not entry.fault
    assert entry.snippet.recording == entry.snippet.path.with_suffix(".out")
    stale = tried(experiment(), code=SNIPPET.replace("echo one", "echo 1"))
    assert stale.state is State.STALE


@pytest.mark.parametrize(
    ("prints", "said"),
    [
        (("^two$", "^three$"), "no prediction matches"),
        (("^TWO$", "TW"), "2 predictions match"),
        (("^one$", "^two$"), "no prediction matches"),  # another step prints it
    ],
)
def test_none_or_two_that_match_are_red(
    prints: tuple[str, ...],
    said: str,
    tried: Callable[..., Entry],
    laboratory: Laboratory,
    project: Project,
) -> None:
    tried(experiment(*prints), "TWO\n")
    entry = load_library(project).find(ID)
    assert said in str(entry.fault)
    (result,) = run_all({"namespace": laboratory}, [entry])
    assert result.verdict is Verdict.FAILED
    assert f"{said} what the changed snippet prints" in str(result.error)
    assert "    | TWO" in str(result.error)


@pytest.mark.parametrize(
    ("step", "prints"),
    [
        ("2", ("^TWO$", "one")),
        ("", ("^one\\nTWO$", "^two$")),
        ("said", ("^\\w{3}$", "^\\d+$")),
    ],
)
def test_the_asked_step_is_named_or_counted_or_all(
    step: str, prints: tuple[str, ...], tried: Callable[..., Entry], laboratory: Laboratory
) -> None:
    entry = tried(experiment(*prints, step=step), "TWO\n")
    (result,) = run_all({"namespace": laboratory}, [entry])
    assert result.verdict is Verdict.HELD, result.error


def test_the_status_can_be_predicted(tried: Callable[..., Entry], laboratory: Laboratory) -> None:
    text = experiment("^\\? 3$", "^TWO$", change='["echo two", "(exit 3)  # ? *"]')
    (result,) = run_all({"namespace": laboratory}, [tried(text)])
    assert result.transcript


def test_another_prediction_is_run_again(tried: Callable[..., Entry]) -> None:
    one, other = (tried(experiment("^TWO$", against)) for against in ("^two$", "^2$"))
    assert basis(one) != basis(other)


@cure("experiment-match")
def test_mending_a_pattern_makes_it_hold(tried: Callable[..., Entry]) -> None:
    fault = tried(experiment("^TWO$", "T"), "TWO\n").fault
    assert fault
    assert "Mend the patterns `prints`" in str(fault)
    assert fault.line == 14  # where the second begins
    assert not tried(experiment("^TWO$", "t"), "TWO\n").fault


@cure("experiment-run")
def test_a_change_that_fails_names_the_experiment(
    tried: Callable[..., Entry], laboratory: Laboratory
) -> None:
    change = '["echo two", "false"]'
    (result,) = run_all({"namespace": laboratory}, [tried(experiment(change=change))])
    assert "b@louder.toml changes it" in str(result.error)
    assert "may end with # ? 1 as well" in str(result.error)
    text = experiment("^\\? 1$", "x", change='["echo two", "false  # ? 1"]')
    (result,) = run_all({"namespace": laboratory}, [tried(text)])
    assert result.transcript


WRONG = [
    pytest.param(experiment("a"), experiment(), 7, marks=cure("experiment-form"), id="one"),
    pytest.param(experiment(*"abcde"), experiment(), 7, id="five"),
    pytest.param(experiment(more="other = 1"), experiment(), 3, id="key"),
    pytest.param(experiment(change='"x"'), experiment(), 1, id="no pair"),
    pytest.param(experiment().replace("[question]", "[quest]"), experiment(), 4, id="no question"),
    pytest.param(experiment().replace("'y'", "''", 1), experiment(), 7, id="empty"),
    pytest.param(experiment().replace("prints", "print", 1), experiment(), 7, id="no pattern"),
    pytest.param(experiment("(", "b"), experiment(), 7, marks=cure("experiment-pattern"), id="("),
    pytest.param(experiment("(?i)two", "b"), experiment(), 7, id="flags"),
    pytest.param(experiment("\\Aa", "b"), experiment(), 7, id="of Python alone"),
    pytest.param(
        experiment(change='["echo 2", "x"]'),
        experiment(),
        1,
        marks=cure("experiment-text"),
        id="no such text",
    ),
    pytest.param(experiment(change='["echo", "x"]'), experiment(), 1, id="twice"),
    pytest.param(
        experiment(step="sad"), experiment(), 2, marks=cure("experiment-step"), id="no such step"
    ),
    pytest.param(experiment(step="3"), experiment(), 2, id="no such number"),
]


@pytest.mark.parametrize(("wrong", "right", "line"), WRONG)
def test_what_is_wrong_is_named_with_its_line(
    wrong: str, right: str, line: int, tried: Callable[..., Entry]
) -> None:
    with pytest.raises(SourceError) as raised:
        tried(wrong)
    assert (raised.value.path.name, raised.value.line) == ("b@louder.toml", line), raised.value
    assert tried(right).experiment


@cure("experiment-name")
def test_it_is_named_after_a_snippet(project: Project, write: Write) -> None:
    write("snippets/a/b.sh", SNIPPET)
    path = write("snippets/a/c@louder.toml", experiment())
    with pytest.raises(SourceError, match="an experiment with no snippet") as raised:
        load_library(project)
    assert "uts@mount.toml" in str(raised.value)
    path.rename(path.with_name("b@louder.toml"))
    assert load_library(project).find(ID)


@cure("experiment-runs")
def test_what_runs_nowhere_is_not_tried(project: Project, write: Write) -> None:
    tags = {"reason": "x", "source": "https://example.org"}
    write("snippets/a/b.sh", snippet("echo one\necho two\n", **tags).replace("namespace", "none"))
    write(FILE, experiment(step="2"))
    with pytest.raises(SourceError, match="Change one that runs"):
        load_library(project)
    write("snippets/a/b.sh", SNIPPET)
    assert load_library(project).find(ID)


def test_entries_are_counted_by_what_they_are(tried: Callable[..., Entry]) -> None:
    changed = tried(experiment())
    own = replace(changed, experiment=None)
    assert said_of([]) == "0 snippets"
    assert said_of([own, changed]) == "1 snippet and 1 experiment"
    assert said_of([own, own, changed, changed]) == "2 snippets and 2 experiments"
