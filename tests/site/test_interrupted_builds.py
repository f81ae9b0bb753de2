"""A build that is ended, however that is, leaves nothing running."""

import os
import signal
import time

import pytest

from snippetlab.transcript import Step
from tests.site.small import SmallSite
from tests.support import is_running, snippet, wait_for

pytestmark = pytest.mark.pageless

_PATIENCE = 50.0
"""Seconds for what takes a moment; fewer than the snippet itself would go on for."""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_what_runs_ends_with_the_build(number: signal.Signals, small: SmallSite) -> None:
    running = f"sleep 58.{os.getpid()}"
    small.recorded("echo ok\n", timeout=60)
    path = small.project.snippets / "a/b.sh"
    path.write_text(snippet(f"{running}\n", timeout=60))
    small.forge(Step(running, b""))
    build = small.begin("mkdocs", "build", "--strict")
    while not is_running(running):
        assert build.poll() is None
        time.sleep(0.05)
    # As a terminal's Ctrl-C, to all that belong to it; others are for one process.
    (os.killpg if number == signal.SIGINT else os.kill)(build.pid, number)
    build.communicate(timeout=_PATIENCE)
    wait_for(lambda: not is_running(running), _PATIENCE)
