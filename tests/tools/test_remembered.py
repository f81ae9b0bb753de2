"""What the tests run again of snippets, and what they say of it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.project import Project
from snippetlab.run.memory import read_memory
from tests.engine.following import commit
from tests.support import ROOT, Write, snippet

pytestmark = pytest.mark.pageless

NAMES = [f"a/s{number}" for number in range(12)]
CONFTEST = """
pytest_plugins = ["tests.remembered"]

def pytest_addoption(parser):
    parser.addoption("--whole", action="store_true")
"""
TESTS = """
import pytest

@pytest.mark.variant("own")
@pytest.mark.parametrize("id_", {names})
def test_recording(id_: str) -> None:
    print(f"ran {{id_}}")
"""


@pytest.fixture
def site(
    laboratory: object, project: Project, write: Write, monkeypatch: pytest.MonkeyPatch
) -> Project:
    """A checkout whose snippets have all held, with tests that only say which they would run."""
    monkeypatch.chdir(project.root)
    monkeypatch.delenv("FRESH", raising=False)
    monkeypatch.delenv("BASE", raising=False)
    for name in NAMES:
        write(f"snippets/{name}.sh", snippet(f"echo {name}\n"))
    write("conftest.py", CONFTEST)
    write("pytest.ini", "[pytest]\nmarkers = variant(name): of a snippet\n")
    write("test_all.py", TESTS.format(names=NAMES))
    assert main(["record"]) == 0
    assert main(["verify", "--write"]) == 0
    commit(project)
    return project


def run(project: Project, *arguments: str, **environment: str) -> tuple[list[str], str]:
    """The snippets whose tests ran, in order, and what is said at the end."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rP", "-p", "no:cacheprovider", *arguments],
        cwd=project.root,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
    )
    assert done.returncode in (0, 5), done.stdout + done.stderr
    said = re.findall(r"^recordings: .+$", done.stdout, re.MULTILINE)
    return re.findall(r"^ran (\S+)$", done.stdout, re.MULTILINE), "\n".join(said)


def head(project: Project) -> str:
    done = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_tenth_of_what_held_runs_again_and_all_that_changed(site: Project, write: Write) -> None:
    commit_ = head(site)
    tenth = {id_ for id_, _ in read_memory(site.root).tenth} - {"a/s3"}
    write("snippets/a/s3.sh", snippet("echo another\n"))
    assert main(["record"]) == 0
    for workers in ((), ("-n", "2")):
        ran, said = run(site, *workers)
        assert set(ran) == tenth | {"a/s3"}
        again = f" ({len(tenth)} of them a tenth of those that held before)" if tenth else ""
        reused = f"{11 - len(tenth)} reused from {commit_[:6]} (verification.json)"
        assert said == f"recordings: {len(tenth) + 1} run{again}, {reused}"


def test_fresh_and_whole_run_all_in_an_order_that_the_commit_gives(
    site: Project, write: Write
) -> None:
    first, said = run(site, FRESH="1")
    assert said == "recordings: 12 run, none reused"
    write("another", "commit\n")
    commit(site)
    second, said = run(site, "--whole")  # as nightly
    assert said == "recordings: 12 run, none reused"
    assert sorted(first) == sorted(second) == sorted(NAMES)
    assert first not in (second, NAMES)


def test_what_is_asked_for_by_name_runs(site: Project) -> None:
    ran, said = run(site, "-k", "s3")
    assert ran == ["a/s3"]
    assert said == "recordings: 1 run, none reused"
    assert run(site, "test_all.py::test_recording[a/s4]")[0] == ["a/s4"]


def test_make_passes_on_what_images_are_to_be_made_anew(tmp_path: Path) -> None:
    for fresh, expected in (("1", ""), ("--fresh", "--fresh")):
        command = ["make", "--dry-run", "machines", f"FRESH={fresh}"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        assert f"lab build $image {expected} ||" in done.stdout
