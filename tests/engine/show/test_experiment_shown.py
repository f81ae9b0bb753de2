"""Experiments on a page: each in a fence of its own, and judged there as the engine judges."""

import json
import re
import subprocess
from collections.abc import Callable

import pytest

from snippetlab.compare.pattern import javascript
from snippetlab.errors import EngineError
from snippetlab.files import find_pages
from snippetlab.project import Project
from snippetlab.show.pages import Pages
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.experiment import printed_by
from snippetlab.snippet.library import load_library
from tests.engine.experiments import ID, SNIPPET, entry_of, experiment
from tests.engine.pages import rendered
from tests.support import ROOT, Write

cure = pytest.mark.cure


@pytest.fixture
def tried(project: Project, write: Write) -> Callable[[str], Entry]:
    """The entry of an experiment that was recorded."""
    return lambda text: entry_of(project, write, text, "TWO\n", SNIPPET)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        pytest.param(
            f"```snippet\n{ID}\n```\n", "```experiment", marks=cure("experiment-kind"), id="kind"
        ),
        pytest.param(
            "```experiment\na/b\n```\n", "the id of one", marks=cure("experiment-id"), id="id"
        ),
        pytest.param(f"```experiment\n{ID}\n{ID}\n```\n", "the id of one", id="two"),
        pytest.param("```experiment\n```\n", "the id of one", id="none"),
        pytest.param("```experiment\na/b@quieter\n```\n", f"Did you mean {ID}", id="unknown"),
    ],
)
def test_a_page_names_one_in_a_fence_of_its_own(
    wrong: str, said: str, tried: Callable[[str], Entry], project: Project, write: Write
) -> None:
    tried(experiment())

    def references(text: str) -> list[tuple[str, ...]]:
        write("docs/en/x.md", text)
        pages = Pages(load_library(project), find_pages(project.docs), foreign=True)
        return [reference.fence.ids for reference in pages.references()]

    with pytest.raises(EngineError) as raised:
        references(wrong)
    assert said in str(raised.value)
    assert references(f"```experiment\n{ID}\n```\n") == [(ID,)]


def test_javascript_finds_what_python_finds() -> None:
    """The page judges what the tab printed: in it as well, exactly one prediction matches."""
    cases = []
    for entry in load_library(Project(ROOT)).entries.values():
        if (experiment := entry.experiment) and entry.recording:
            steps = entry.recording.transcript.steps
            text = "".join(printed_by(steps[n]) for n in experiment.asked(entry.step_names))
            patterns = [javascript(prediction.prints) for prediction in experiment.predictions]
            held = experiment.holds(entry.recording.transcript, entry.step_names)
            cases.append((entry.snippet.id, text, patterns, held))
    assert len(cases) >= 10
    script = (
        "const cases = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "const found = cases.map(([, text, patterns]) => patterns.flatMap((pattern, index) =>"
        " new RegExp(pattern, 'mu').test(text) ? [index] : []));"
        "console.log(JSON.stringify(found))"
    )
    done = subprocess.run(
        ["node", "-e", script], input=json.dumps(cases), capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [[held] for *_, held in cases]


@pytest.mark.parametrize(
    ("step", "shown"),
    [
        ("said", ["- $ echo two", "+ $ echo TWO"]),
        ("1", ["- $ echo two", "+ $ echo TWO", "  $ echo one"]),
    ],
)
def test_the_command_that_is_asked_about_stands_there_once(
    step: str, shown: list[str], project: Project, tried: Callable[[str], Entry]
) -> None:
    tried(experiment("^(TWO|one)$", "^two$", step=step))
    html = rendered(f"```experiment\n{ID}\n```\n", load_library(project))
    change = re.findall(r'experiment-change">(.*?)</pre>', html, re.DOTALL)[0]
    lines = re.sub(r'<span class="for-listeners">.*?</span>|<[^>]+>', "", change)
    assert lines.splitlines() == shown
