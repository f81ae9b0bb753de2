"""Every snippet on isolation shows its point: without the isolation its transcript changes.

without.toml says for each how its isolation is taken away: a text and what replaces it.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from snippetlab.entry import Entry
from snippetlab.errors import display
from snippetlab.laboratory import Laboratory
from snippetlab.leaks import CURES
from snippetlab.library import load_library
from snippetlab.program import compile_snippet
from snippetlab.project import Project
from snippetlab.runner import Verdict, run_all
from snippetlab.transcript import Transcript
from snippetlab.twin import read_twins, twins_path
from snippetlab.volatile.compare import compare
from tests.support import ROOT
from tools.twins import twins

PATH = twins_path(Project(ROOT))
WITHOUT = read_twins(PATH)
LIBRARY = load_library(Project(ROOT))


def test_every_snippet_on_isolation_has_an_entry() -> None:
    findings = list(twins(ROOT))
    assert not findings, "\n".join(map(str, findings))
    assert len(WITHOUT) >= 20


@pytest.mark.parametrize("id_", WITHOUT)
def test_without_its_isolation_it_fails(
    id_: str, laboratory_of: Callable[[str], Laboratory]
) -> None:
    twin = WITHOUT[id_]
    if id_ not in LIBRARY.entries or not twin.is_written:
        pytest.skip("the test above says what is wrong")
    entry = LIBRARY.entries[id_]
    lab = entry.snippet.lab
    code = entry.snippet.code.replace(twin.text, twin.replacement)
    # One that no longer ends need not be waited for, but an emulated machine is slow anyway.
    timeout = 5 if lab == "namespace" else entry.snippet.timeout
    # What it leaves behind is not what it shows.
    weakened = replace(entry.snippet, code=code, timeout=timeout, leaves=frozenset(CURES))
    changed = Entry(weakened, compile_snippet(weakened), entry.recording)
    (result,) = run_all({lab: laboratory_of(lab)}, [changed])
    if not (result.transcript and entry.recording):
        assert result.verdict in (Verdict.FAILED, Verdict.TIMED_OUT)
        return
    recorded = entry.recording.transcript
    # Its commands differ, of course; what counts is what they print and how they end.
    steps = tuple(
        replace(step, command=before.command, prompt=before.prompt)
        for step, before in zip(result.transcript.steps, recorded.steps, strict=False)
    )
    rules = entry.snippet.volatile
    if compare([recorded], [Transcript(steps)], [rules]).equal:
        what = f"{display(PATH)}:{twin.line}: without {twin.text!r} it prints the same"
        cure = "Name a text that isolates, or let the snippet show something that depends on it."
        pytest.fail(f"{what}\n    {cure}", pytrace=False)
