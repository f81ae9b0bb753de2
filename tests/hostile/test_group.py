"""A run's process group and session are its own: found by calls.py, seed 1."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from generated.corpus import read_corpus
from snippetlab.snippet.language import LANGUAGES
from snippetlab.snippet.leaks import CURES
from snippetlab.snippet.program import Program
from tests.hostile.caller import Caller, Outcome, Running
from tests.hostile.use import running
from tests.support import ROOT, lasting

GUARD = read_corpus(ROOT / "tests/hostile").guards["group"].weaken
PRIORITY = "python3 -c 'import os; os.setpriority(os.PRIO_PGRP, 0, 17)'\n"
# The kernel lets it be set ten times a second, by all together.
AUTOGROUP = "cd /proc/self; until [ ! -e autogroup ] || echo 7 > autogroup; do sleep 0.1; done\n"


def _program(code: str) -> Program:
    path = Path("x.sh")
    return Program(path, LANGUAGES[".sh"].commands(path, code), {}, 60, leaves=frozenset(CURES))


def _said(lab: Running, code: str) -> bytes:
    transcript, error = lab.run(_program(code))
    assert transcript, error
    return b"".join(step.output for step in transcript.steps)


def _other(caller: Caller, changes: Mapping[str, Any]) -> Outcome:
    """Of one that runs while the whole group of another is killed."""
    with caller.lab(changes, ()) as lab, ThreadPoolExecutor() as pool:
        process = lasting()
        other = pool.submit(lab.run, _program(f"{process} # ? *\n"))
        with running(process):
            lab.run(_program("kill -KILL 0 # ? *\n"))
        return other.result()


def test_a_signal_to_the_group_ends_no_other_run(caller: Caller) -> None:
    transcript, error = _other(caller, {})
    assert transcript, error


def test_without_its_guard_it_does(strongest: Caller) -> None:
    assert _other(strongest, GUARD)[1]


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "without"])
@pytest.mark.parametrize(
    ("change", "look"),
    [(PRIORITY, "nice\n"), (AUTOGROUP, "sed 's/.* //' /proc/self/autogroup # ? *\n")],
    ids=["priority", "autogroup"],
)
def test_how_willingly_it_yields_is_not_there_for_the_next(
    change: str, look: str, guarded: bool, strongest: Caller
) -> None:
    with strongest.lab({} if guarded else GUARD, ()) as lab:
        before = _said(lab, look)
        _said(lab, change)
        assert (_said(lab, look) == before) == guarded
