"""A run's process group and session are its own: found by calls.py, seed 1."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from snippetlab.corpus import read_corpus
from snippetlab.leaks import CURES
from snippetlab.program import LANGUAGES, Program
from tests.hostile.caller import Caller, Running
from tests.support import ROOT, is_running, wait_for

GUARD = read_corpus(ROOT / "tests/hostile").guards["group"].weaken
PRIORITY = "python3 -c 'import os; os.setpriority(os.PRIO_PGRP, 0, 17)'\n"
# The kernel lets it be set ten times a second, by all together.
AUTOGROUP = "cd /proc/self; until [ ! -e autogroup ] || echo 7 > autogroup; do sleep 0.1; done\n"


def _program(code: str) -> Program:
    path = Path("x.sh")
    return Program(path, LANGUAGES[".sh"](path, code), {}, 60, leaves=frozenset(CURES))


def _said(lab: Running, code: str) -> bytes:
    transcript, error = lab.run(_program(code))
    assert transcript, error
    return b"".join(step.output for step in transcript.steps)


def _other_lives(caller: Caller, changes: Mapping[str, Any]) -> bool:
    with caller.lab(changes, ()) as lab, ThreadPoolExecutor() as pool:
        other = pool.submit(lab.run, _program("sleep 4.4321; echo there\n"))
        wait_for(lambda: is_running("sleep 4.4321"))
        lab.run(_program("kill -KILL 0 # ? *\n"))
        return other.result()[0] is not None


def test_a_signal_to_the_group_ends_no_other_run(caller: Caller) -> None:
    assert _other_lives(caller, {})


def test_without_its_guard_it_does(strongest: Caller) -> None:
    assert not _other_lives(strongest, GUARD)


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
