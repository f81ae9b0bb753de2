"""The issue that the nightly run keeps: `tools/ci.sh drift_issue`."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import ROOT

pytestmark = pytest.mark.pageless


@pytest.fixture
def issue(tmp_path: Path) -> Callable[..., list[str]]:
    """What `gh` is asked to do for results like these."""
    tmp_path.chmod(0o755)
    gh, log = tmp_path / "gh", tmp_path / "log"
    gh.write_text(
        f'#!/bin/sh\necho "$2" >>{log}\n[ "$2" != list ] || cat {tmp_path}/issue\n'
        "while [ $# -gt 1 ]; do\n"
        f'    [ "$1" != --body-file ] || cat "$2" >{tmp_path}/body\n    shift\ndone\n'
    )
    gh.chmod(0o755)
    row = {"id": "a/b", "seconds": 1, "path": "x", "line": 1, "message": "m", "diff": []}

    def issue(verdict: str, number: str, tests: str, moved: str = "") -> list[str]:
        (tmp_path / "1.json").write_text(json.dumps([row | {"verdict": verdict}]))
        (tmp_path / "moved.txt").write_text(moved)
        (tmp_path / "issue").write_text(number)
        log.write_text("")
        environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "TESTS": tests}
        command = [str(ROOT / "tools/ci.sh"), "drift_issue", str(tmp_path)]
        subprocess.run(command, env=environment, check=True)
        return log.read_text().split()

    return issue


def test_a_package_that_moved_is_told_though_all_held(
    issue: Callable[..., list[str]], tmp_path: Path
) -> None:
    moved = "docker.toml:14: the docker image has runc 1.4-1"
    assert issue("held", "", "success", moved) == ["list", "create"]
    assert f"\n{moved}\n" in (tmp_path / "body").read_text()
    assert issue("held", "4", "success", moved) == ["list", "edit"]
    assert issue("held", "4", "success") == ["list", "close"]


def test_drift_opens_one_issue_and_closes_it(issue: Callable[..., list[str]]) -> None:
    said = [
        issue(*about)
        for about in (
            *(("changed", "", "success"), ("changed", "4", "success"), ("held", "4", "success")),
            *(("held", "", "success"), ("held", "", "failure"), ("held", "4", "cancelled")),
        )
    ]
    assert said == [
        *(["list", "create"], ["list", "edit"], ["list", "close"], ["list"]),
        *(["list", "create"], ["list", "edit"]),
    ]
