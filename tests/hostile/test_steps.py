"""A workflow's step stops commands while it shows text of others."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.hostile.test_said import obeyed
from tests.support import ROOT


@pytest.mark.parametrize("status", [0, 3])
def test_what_a_step_of_a_workflow_shows_is_not_obeyed(status: int, tmp_path: Path) -> None:
    """Also where it is not the engine that shows it, and how it ended is not lost."""
    make = tmp_path / ".venv/bin/make"
    make.parent.mkdir(parents=True)
    make.write_text(f"#!/bin/sh\necho '::error::x'\necho '##[error]x'\nexit {status}\n")
    make.chmod(0o755)
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools/ci.sh", tmp_path / "tools")
    environment = {"PATH": f"{make.parent}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    for command in (["make", "site"], ["tools/ci.sh", "site"]):
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True
        )
        assert done.returncode == status, done.stderr
        assert bool(heard(done.stdout)) == (command[0] == "make")


def heard(output: str) -> list[str]:
    """What a runner obeys: nothing between a word that stops it and that word again."""
    found, word = [], ""
    for line in output.split("\n"):
        if word:
            word = word if line != f"::{word}::" else ""
        elif stopped := re.fullmatch("::stop-commands::([0-9a-f]{32})", line):
            word = stopped[1]
        else:
            found += obeyed(line)
    assert not word
    return found
