"""Every snippet on isolation shows its point: without the isolation its transcript changes.

without.toml says for each how its isolation is taken away: a text and what replaces it.
"""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from snippetlab.entry import Entry
from snippetlab.laboratory import Laboratory
from snippetlab.leaks import CURES
from snippetlab.library import load_library
from snippetlab.program import compile_snippet
from snippetlab.project import Project
from snippetlab.runner import Verdict, run_all
from snippetlab.transcript import Transcript
from snippetlab.volatile.compare import compare
from tests.support import ROOT

WITHOUT: dict[str, tuple[str, str]] = tomllib.loads(
    (Path(__file__).parent / "without.toml").read_text(encoding="utf-8")
)
LIBRARY = load_library(Project(ROOT))


def test_every_snippet_on_isolation_has_an_entry() -> None:
    runnable = {id_ for id_, entry in LIBRARY.entries.items() if entry.snippet.runs}
    assert set(WITHOUT) == {id_ for id_ in runnable if id_.startswith("isolation/")}
    assert len(WITHOUT) >= 20


@pytest.mark.parametrize("id_", WITHOUT)
def test_without_its_isolation_it_fails(
    id_: str, laboratory_of: Callable[[str], Laboratory]
) -> None:
    entry, (old, new) = LIBRARY.entries[id_], WITHOUT[id_]
    lab = entry.snippet.lab
    assert old in entry.snippet.code
    code = entry.snippet.code.replace(old, new)
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
    assert not compare([recorded], [Transcript(steps)], [rules]).equal
