"""The issue that the nightly run keeps: `tools/ci.sh drift_issue`."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.support import ROOT

pytestmark = pytest.mark.pageless


def test_drift_opens_one_issue_and_closes_it(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    gh, log = tmp_path / "gh", tmp_path / "log"
    gh.write_text(f'#!/bin/sh\necho "$2" >>{log}\n[ "$2" != list ] || cat {tmp_path}/issue\n')
    gh.chmod(0o755)
    row = {"id": "a/b", "seconds": 1, "path": "x", "line": 1, "message": "m", "diff": []}
    said = []
    for verdict, number, tests in (
        *(("changed", "", "success"), ("changed", "4", "success"), ("held", "4", "success")),
        *(("held", "", "success"), ("held", "", "failure"), ("held", "4", "cancelled")),
    ):
        (tmp_path / "1.json").write_text(json.dumps([row | {"verdict": verdict}]))
        (tmp_path / "issue").write_text(number)
        log.write_text("")
        environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "TESTS": tests}
        command = [str(ROOT / "tools/ci.sh"), "drift_issue", str(tmp_path)]
        subprocess.run(command, env=environment, check=True)
        said.append(log.read_text().split())
    assert said == [
        *(["list", "create"], ["list", "edit"], ["list", "close"], ["list"]),
        *(["list", "create"], ["list", "edit"]),
    ]
