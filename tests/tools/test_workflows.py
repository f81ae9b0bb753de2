"""The workflows: what they may do, and each job as a runner executes it."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT
from tests.tools.workflow import load

pytestmark = pytest.mark.pageless

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
JOBS = [
    (path.stem, name, job)
    for path in WORKFLOWS
    for name, job in load(path)["jobs"].items()
    if "uses" not in job
]
WRITES = {
    ("deploy", "deploy"): {"pages": "write", "id-token": "write"},
    ("nightly", "issue"): {"contents": "read", "issues": "write"},
    ("release", "publish"): {"contents": "read", "id-token": "write"},
}
"""The only jobs whose token may write."""
STEPS = [step for _, _, job in JOBS for step in job["steps"]]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_by_commit(workflow: Any) -> None:
    lines = [line for line in workflow.read_text().splitlines() if "uses:" in line]
    assert lines
    pinned = r" +(?:- )?uses: actions/[a-z/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+"
    for line in lines:
        assert re.fullmatch(pinned, line) or "uses: ./" in line


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
    assert job["timeout-minutes"] <= (300 if (workflow, name) == ("nightly", "whole") else 60)


def test_a_fork_gets_no_token_that_writes() -> None:
    assert set(load(ROOT / ".github/workflows/verify.yml")["on"]) == {
        "pull_request",
        "workflow_call",
        "workflow_dispatch",
    }
    assert all("pull_request_target" not in path.read_text() for path in WORKFLOWS)
    assert all(load(path)["permissions"] == {} for path in WORKFLOWS)
    (called,) = (
        job for job in load(ROOT / ".github/workflows/deploy.yml")["jobs"].values() if "uses" in job
    )
    assert called["permissions"] == {"contents": "read"}


def test_a_run_of_the_default_branch_is_never_cancelled() -> None:
    """A group has one run that waits, and a third takes its place: so each run is its own."""
    deploy = load(ROOT / ".github/workflows/deploy.yml")
    verify = load(ROOT / ".github/workflows/verify.yml")["concurrency"]
    assert "concurrency" not in deploy
    assert verify["group"].endswith("${{ github.event.pull_request.number || github.run_id }}")
    assert deploy["jobs"]["deploy"]["concurrency"]["cancel-in-progress"] is False


def test_a_release_is_published_after_it_was_verified_and_by_nobody_but_a_tag() -> None:
    release = load(ROOT / ".github/workflows/release.yml")
    assert release["on"] == {"push": {"tags": ["v*"]}}
    assert release["jobs"]["verify"]["uses"] == "./.github/workflows/verify.yml"
    assert release["jobs"]["verify"]["permissions"] == {"contents": "read"}
    publish = release["jobs"]["publish"]
    assert publish["needs"] == ["verify", "build"]
    assert "if" not in publish
    assert publish["environment"] == "release"


def test_a_release_has_the_version_that_its_tag_names(tmp_path: Path) -> None:
    def release(tag: str) -> "subprocess.CompletedProcess[str]":
        command = [str(ROOT / "tools/ci.sh"), "release", tag, str(tmp_path / "dist")]
        return subprocess.run(command, capture_output=True, text=True)

    wrong = release("v9.9")
    assert wrong.returncode == 1
    assert not (tmp_path / "dist").exists()
    (right,) = re.findall(r"the engine says (v\S+)\. Set `__version__`", wrong.stdout)
    done = release(right)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "dist").glob("[!.]*")} == {
        f"snippetlab-{right[1:]}-py3-none-any.whl",
        f"snippetlab-{right[1:]}.tar.gz",
    }


def test_artifacts_do_not_stay_for_ever() -> None:
    kept = [s["with"] for s in STEPS if "/upload-artifact@" in s.get("uses", "")]
    assert len(kept) >= 6
    days = {options["name"]: options.get("retention-days", 90) for options in kept}
    assert max(days.values()) <= 30
    assert days["lab-image"] == 1, "half a gigabyte in each run"


def test_nothing_runs_twice() -> None:
    steps = [step["run"] for step in STEPS if "run" in step]
    assert "make check" in steps
    assert not [step for step in steps if re.search(r"\bmake test\b", step)]
    runs = [step for step in steps if re.search(r"ci\.sh (site|tests|verify \"\$PART\" )", step)]
    assert sorted(runs) == [
        "sudo --preserve-env=BASE tools/ci.sh tests",
        "sudo tools/ci.sh tests --whole",
        'tools/ci.sh site "$ADDRESS"',
        'tools/ci.sh verify "$PART" "$BASE"',
    ]
