"""Each job of each workflow, from its YAML, on a machine like GitHub's: see `host`.

A run's jobs are shared by all tests, and run once. With --whole they do all that they would.
"""

import fcntl
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from snippetlab.images.tools import install, missing_packages
from tests.support import ROOT
from tests.tools.actions import GITHUB, MAIN, PULL, Setting
from tests.tools.origin import Origin, edit
from tests.tools.reduced import small_part
from tests.tools.workflow import Outcome, Run

pytestmark = [
    pytest.mark.material("it is about the jobs of workflows; what they build, others judge"),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can make such a machine"),
]
OK, NOT = "isolation/uts", "isolation/cap-again"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory that all processes of this session have, with a repository on a server."""
    install(missing_packages({"sudo": "sudo", "zstd": "zstd"}), print)
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "workflows"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "sha").exists():
            (shared / "sha").write_text(Origin(shared / "origin").create())
    return shared


@pytest.fixture(scope="module")
def run_of(shared: Path, request: pytest.FixtureRequest) -> Callable[..., Run]:
    """A run of a workflow, by what it is called here."""

    def run_of(name: str, workflow: str, github: dict[str, Any], **options: Any) -> Run:
        sha = (shared / "sha").read_text()
        whole = request.config.getoption("--whole")
        known = GITHUB | MAIN | {"sha": sha, "event_name": "push", "part": small_part(OK)}
        there, origin = shared / name, Origin(shared / "origin")
        options |= {"whole": whole, "github": known | github}
        return Run(there, Setting(there / "artifacts", origin, workflow, **options))

    return run_of


@pytest.fixture(scope="module")
def push(run_of: Callable[..., Run]) -> Run:
    """The first push of a fork to its default branch."""
    return run_of("push", "deploy", {})


def good(outcome: Outcome) -> Outcome:
    assert outcome.result == "success", outcome.output[-4000:]
    return outcome


def test_address(push: Run) -> None:
    assert good(push.job("address")).outputs == {"site_url": "https://someone.example/fork"}


def test_check_has_the_history_that_it_needs(push: Run) -> None:
    assert re.search(r"^moved .* good$", good(push.job("verify/check")).output, re.MULTILINE)


def test_image_is_handed_on(push: Run) -> None:
    said = good(push.job("verify/image"))
    assert re.search(r"apt-get install .*bubblewrap.* mmdebstrap", said.commands)
    assert (push.artifacts / "lab-image/lab-image.tar.zst").stat().st_size > 10_000_000


def test_snippets_hold_with_the_image_of_another_job(push: Run) -> None:
    said = good(push.job("verify/snippets"))
    assert "sysctl --write kernel.apparmor_restrict_unprivileged_userns=0" in said.commands
    assert re.search(r"^\d+ held", said.output, re.MULTILINE)


def test_report(push: Run) -> None:
    assert "All held." in good(push.job("verify/report")).summary


def test_recordings_are_not_needed_where_all_held(push: Run) -> None:
    assert push.job("verify/recordings").result == "skipped"


def test_site_knows_where_it_and_its_source_are(push: Run) -> None:
    good(push.job("verify/site"))
    site = push.artifacts / "github-pages"
    html = (site / "en/isolation/chroot/index.html").read_text(encoding="utf-8")
    source = "https://github.com/someone/fork"
    assert f'href="{source}/edit/main/docs/en/isolation/chroot.md"' in html
    assert 'rel="canonical" href="https://someone.example/fork/en/isolation/chroot/"' in html
    assert re.search(r"md-source-file.*?\d+ [A-Z][a-z]+ 20\d\d", html, re.DOTALL), "its date"
    assert "<loc>https://someone.example/fork/en/" in (site / "en/sitemap.xml").read_text()


def test_tests_run_as_root_with_the_image_of_another_user(push: Run) -> None:
    assert re.search(r"\d+ passed", good(push.job("verify/test")).output)


def test_the_first_push_of_a_fork_ends_on_pages(push: Run) -> None:
    """The maintainer's walk: every job in order, up to what only GitHub can do."""
    results = {name: push.job(name).result for name in push.jobs}
    assert results.pop("verify/recordings") == "skipped"
    assert set(results.values()) == {"success"}, results
    assert len(results) == 9
    assert (push.artifacts / "github-pages/index.html").is_file()


def test_pages_that_is_switched_off_is_said_with_the_cure(run_of: Callable[..., Run]) -> None:
    run = run_of("off", "deploy", {}, pages="")
    said = run.job("address")
    assert said.result == "failure"
    assert "::error title=GitHub Pages is switched off::" in said.output
    assert "https://github.com/someone/fork/settings/pages" in said.summary
    for name in run.jobs:
        if name.startswith("verify/"):
            run.know(name, Outcome("success"))
    assert run.job("verify").result == "success", "the commit is verified even so"
    assert run.job("deploy").result == "skipped"


@pytest.mark.parametrize("job", ["check", "snippets", "test"])
def test_what_does_not_hold_is_not_published(run_of: Callable[..., Run], job: str) -> None:
    run = run_of(f"bad-{job}", "deploy", {})
    for name in run.jobs:
        if name.startswith("verify/"):
            run.know(name, Outcome("failure" if name == f"verify/{job}" else "success"))
    assert run.job("address").result == "success"
    assert run.job("deploy").result == "skipped"


@pytest.fixture(scope="module")
def pull(shared: Path, run_of: Callable[..., Run], push: Run) -> Run:
    """The pull request of a contributor without a lab: one command works, another does not."""

    def change(work: Path) -> None:
        _rename(work)
        edit(work, NOT, "grep CapBnd", "gerp CapBnd")

    github = _pulled(shared, change, 7)
    run = run_of("pull", "verify", github)
    _take_image(push, run)
    return run


def _rename(work: Path) -> None:
    """In the snippet, and in what the experiment with it predicts."""
    edit(work, OK, "hostname jail", "hostname cell")
    predicted = work / f"snippets/{OK}@mount.toml"
    predicted.write_text(predicted.read_text().replace("'^jail$'", "'^cell$'"))


def _take_image(push: Run, run: Run) -> None:
    """That of the other run: nothing in the pull request makes another one."""
    run.know("image", push.job("verify/image"))
    with suppress(FileExistsError):  # in another process
        (run.artifacts / "lab-image").symlink_to(push.artifacts / "lab-image")


def _pulled(shared: Path, change: Callable[[Path], None], number: int) -> dict[str, Any]:
    origin = Origin(shared / "origin")
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = shared / f"pull-{number}.sha"
        if not kept.exists():
            kept.write_text(origin.merge(change, shared / f"work-{number}", number))
    base = (shared / "sha").read_text()
    event = {"pull_request": {"number": number, "base": {"sha": base}}}
    return PULL | {"sha": kept.read_text(), "event": event}


def test_a_changed_command_is_reported_at_its_line(pull: Run) -> None:
    said = pull.job("snippets")
    assert said.result == "failure"
    assert f"::error file=snippets/{OK}.sh,line=1,title={OK} failed::" in said.output
    assert f"<code>{OK}</code> failed" in good(pull.job("report")).summary


def test_what_could_be_recorded_is_offered(pull: Run, shared: Path, tmp_path: Path) -> None:
    said = pull.job("recordings")
    assert said.result == "failure", "one command is not there"
    assert f"snippets/{NOT}.sh" in said.output
    (cure,) = re.findall(r"`(git apply .+?)`", said.summary)
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "-b", "pull-7", shared / "origin", clone], check=True)
    shutil.copy(pull.artifacts / "recordings/recordings.patch", clone)
    subprocess.run(cure.split(), cwd=clone, check=True)
    listed = subprocess.run(
        [ROOT / ".venv/bin/snippetlab", "list", "--json"],
        cwd=clone,
        capture_output=True,
        check=True,
    )
    states = {row["id"]: row["state"] for row in json.loads(listed.stdout)}
    assert (states[OK], states[NOT]) == ("fresh", "stale")


def test_what_was_recorded_is_shown_before_and_after(
    pull: Run, push: Run, shared: Path, run_of: Callable[..., Run]
) -> None:
    """The contributor takes the patch for the command that works."""
    pull.job("recordings")

    def change(work: Path) -> None:
        _rename(work)
        patch = pull.artifacts / "recordings/recordings.patch"
        subprocess.run(["git", "apply", patch], cwd=work, check=True)

    run = run_of("recorded", "verify", _pulled(shared, change, 8))
    _take_image(push, run)
    said = good(run.job("site"))
    assert "2 transcripts changed." in said.summary
    assert "-jail# hostname jail\n+jail# hostname cell" in said.summary
    page = (run.artifacts / "changes/changes.html").read_text(encoding="utf-8")
    assert page.index("hostname jail") < page.index("hostname cell")
    assert (
        "hostname cell"
        in (run.artifacts / "site/en/isolation/namespaces/uts/index.html").read_text()
    )


def test_nightly(run_of: Callable[..., Run]) -> None:
    run = run_of("nightly", "nightly", {"event_name": "schedule"})
    said = good(run.job("issue"))
    assert "gh issue list" in said.commands
    assert "gh issue create" not in said.commands, "all held"
    good(run.job("whole"))
