"""The workflows: what they may do, and each step run here as far as it goes without GitHub."""

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.tools.actions import WORKFLOWS, Runner, load, namespace_part

JOBS = [(path.stem, name, job) for path in WORKFLOWS for name, job in load(path)["jobs"].items()]
WRITES = {
    ("deploy", "deploy"): {"pages": "write", "id-token": "write"},
    ("nightly", "issue"): {"contents": "read", "issues": "write"},
}
"""The only jobs whose token may write."""


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    with tempfile.TemporaryDirectory(prefix="workflows-") as directory:
        Path(directory).chmod(0o755)  # the user that runs snippets must reach the image
        yield Runner(Path(directory))


def test_every_job_runs_here(runner: Runner) -> None:
    """In the order of the files: the jobs of verify make what later ones download."""
    ran = []
    for workflow in ("verify", "deploy", "nightly"):
        for _, name, job in (entry for entry in JOBS if entry[0] == workflow):
            runner.run(job)
            ran.append(f"{workflow}/{name}")
    assert len(ran) == len(JOBS)
    commands = runner.log.read_text()
    assert re.search(r"apt-get install .*bubblewrap.* mmdebstrap", commands)
    assert "gh issue create" not in commands, "all held"
    assert "All held." in runner.summary.read_text()
    assert (runner.artifacts / "site/en/index.html").is_file()
    assert (runner.artifacts / "lab-image/lab-image.tar.zst").stat().st_size > 1_000_000


def test_a_change_is_reported_and_its_recording_offered(runner: Runner) -> None:
    """A contributor without a lab changes a command."""
    snippet = runner.checkout / "snippets/isolation/uts.sh"
    snippet.write_text(snippet.read_text().replace("hostname jail", "hostname cell"))
    jobs = load(WORKFLOWS[-1])["jobs"]
    job = jobs["snippets"] | {"env": {"PART": namespace_part("isolation/uts"), "BASE": "HEAD"}}
    with pytest.raises(AssertionError) as failure:
        runner.run(job)
    said = str(failure.value)
    assert "::error file=snippets/isolation/uts.sh,line=1,title=isolation/uts failed::" in said
    assert "has changed since it was recorded" in said
    runner.run({"steps": [{"run": "tools/ci.sh report results"}]})
    assert "<code>isolation/uts</code> failed" in runner.summary.read_text()
    runner.run(jobs["recordings"])
    patch = (runner.artifacts / "recordings/recordings.patch").read_text()
    assert "+jail# hostname cell\n jail# domainname nis.example" in patch


def test_drift_opens_one_issue_and_closes_it(runner: Runner) -> None:
    gh = runner.directory / "bin/gh"
    gh.write_text(f'#!/bin/sh\necho "gh $*" >>"{runner.log}"\n[ "$2" != list ] || cat issue\n')
    results, issue = runner.checkout / "drift", runner.checkout / "issue"
    results.mkdir()
    row = {"id": "a/b", "seconds": 1, "path": "x", "line": 1, "message": "m", "diff": []}
    steps: dict[str, Any] = {"steps": [{"run": "tools/ci.sh drift_issue drift"}]}
    said = []
    for verdict, number in (("drifted", ""), ("drifted", "4"), ("held", "4"), ("held", "")):
        (results / "1.json").write_text(json.dumps([row | {"verdict": verdict}]))
        issue.write_text(number)
        runner.log.write_text("")
        runner.run(steps)
        said.append([line.split()[2] for line in runner.log.read_text().splitlines()])
    assert said == [["list", "create"], ["list", "edit"], ["list", "close"], ["list"]]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_by_commit(workflow: Path) -> None:
    lines = [line for line in workflow.read_text().splitlines() if "uses:" in line]
    assert lines
    for line in lines:
        assert re.fullmatch(r" +(?:- )?uses: actions/[a-z/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)


@pytest.mark.parametrize(
    ("workflow", "name", "job"), JOBS, ids=lambda x: x if isinstance(x, str) else ""
)
def test_a_job_has_no_more_rights_than_it_needs(
    workflow: str, name: str, job: dict[str, Any]
) -> None:
    expected = WRITES.get((workflow, name))
    rights = job["permissions"]
    assert rights == expected if expected else set(rights.values()) == {"read"}
    assert "secrets." not in str(job)
    assert job["timeout-minutes"] <= 60


def test_a_fork_gets_no_token_that_writes() -> None:
    assert set(load(WORKFLOWS[-1])["on"]) == {"pull_request", "push"}
    assert all("pull_request_target" not in path.read_text() for path in WORKFLOWS)
    assert all(load(path)["permissions"] == {} for path in WORKFLOWS)
