"""A run's process group and session are its own: found by calls.py, seed 1."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from snippetlab.leaks import CURES
from snippetlab.program import LANGUAGES, Program
from tests.hostile.caller import Caller, Running
from tests.support import is_running, wait_for

PRIORITY = "python3 -c 'import os; os.setpriority(os.PRIO_PGRP, 0, 17)'\n"
# The kernel lets it be set ten times a second, by all together.
AUTOGROUP = "cd /proc/self; until [ ! -e autogroup ] || echo 7 > autogroup; do sleep 0.1; done\n"


def _said(lab: Running, code: str) -> bytes:
    path = Path("x.sh")
    commands = LANGUAGES[".sh"](path, code)
    transcript, error = lab.run(Program(path, commands, {}, 60, leaves=frozenset(CURES)))
    assert transcript, error
    return b"".join(step.output for step in transcript.steps)


@pytest.mark.xfail(strict=True, reason="a run is in the guard's process group")
def test_a_signal_to_the_group_ends_no_other_run(strongest: Caller) -> None:
    with strongest.lab({}, ()) as lab, ThreadPoolExecutor() as pool:
        other = pool.submit(_said, lab, "sleep 4.4321; echo there\n")
        wait_for(lambda: is_running("sleep 4.4321"))
        path = Path("y.sh")
        commands = LANGUAGES[".sh"](path, "kill -KILL 0 # ? *\n")
        lab.run(Program(path, commands, {}, 60, leaves=frozenset(CURES)))
        assert other.result() == b"there\n"


@pytest.mark.xfail(strict=True, reason="a run is in the guard's process group and session")
@pytest.mark.parametrize(
    ("change", "look"),
    [(PRIORITY, "nice\n"), (AUTOGROUP, "sed 's/.* //' /proc/self/autogroup # ? *\n")],
    ids=["priority", "autogroup"],
)
def test_how_willingly_it_yields_is_not_there_for_the_next(
    change: str, look: str, strongest: Caller
) -> None:
    with strongest.lab({}, ()) as lab:
        before = _said(lab, look)
        _said(lab, change)
        assert _said(lab, look) == before
