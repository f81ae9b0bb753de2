"""How the suite runs: what is left out and why, and what is said meanwhile."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from snippetlab.run.history import changed, merge_base
from tests.affected import only_pages
from tests.support import ROOT

pytestmark = pytest.mark.pageless

PARTS = (
    "conftest.py",
    "affected.py",
    "opened.py",
    "order.py",
    "progress.py",
    "remembered.py",
    "sharing.py",
)
FILES = {
    "docs/ko/a.md": "# A\n",
    "docs/overrides/main.html": "",
    "hooks/a.py": "",
    "README.md": "# A\n",
    "tests/engine/test_a.py": "def test_a(): pass\n",
    "tests/site/test_b.py": "def test_b(): pass\n",
}
RUN = [sys.executable, "-m", "pytest", "--import-mode=importlib", "-pno:cacheprovider"]
TWO = ["--numprocesses=2", "--dist=worksteal"]
MARKED = """import pytest

@pytest.mark.{mark}
def test_{name}(): {does}
"""


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a test of the engine and one of the site, and how its tests are run."""
    for name in ("BASE", "FRESH"):
        monkeypatch.delenv(name, raising=False)
    for name, text in FILES.items():
        write(tmp_path / name, text)
    for name in (f"tests/{part}" for part in (*PARTS, "support.py", "site/serving.py")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    write(tmp_path / "pyproject.toml", '[tool.pytest.ini_options]\npythonpath = ["."]\n')
    write(tmp_path / ".gitignore", "__pycache__\n")
    commit(tmp_path, "init", "--quiet")
    commit(tmp_path)
    monkeypatch.setenv("BASE", commit(tmp_path, "rev-parse", "HEAD"))
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def commit(root: Path, *command: str) -> str:
    """Run a git command, or commit all there is."""
    said = ""
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for each in [command] if command else (["add", "--all"], ["commit", "--quiet", "--message=A"]):
        done = subprocess.run(["git", *who, *each], cwd=root, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        said = done.stdout.strip()
    return said


def suite(root: Path, *options: str) -> str:
    done = subprocess.run([*RUN, *options], cwd=root, capture_output=True, text=True)
    return done.stdout + done.stderr


def test_of_a_change_of_pages_only_what_it_can_affect_is_tested(
    git: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(git / "docs/ko/a.md", "# B\n")
    write(git / "docs/ko/new.md", "# New\n")
    marks = {"c": "pageless", "d": 'pages("b", "c")', "e": 'pages("a")', "f": 'material("x")'}
    for name, mark in marks.items():
        write(git / f"tests/site/test_{name}.py", MARKED.format(mark=mark, name=name, does="pass"))
    says = 'def test_g(shared): (shared.directory / "g.said").write_text("1 of 2 looked at")\n'
    write(git / "tests/site/test_g.py", says)
    commit(git)
    monkeypatch.setenv("BASE", commit(git, "rev-parse", "HEAD"))
    write(git / "docs/ko/a.md", "# C\n")
    write(git / "docs/ko/newer.md", "# New\n")
    write(git / "README.md", "# B, not committed yet\n")
    said = suite(git, "--affected", *TWO)
    assert "3 passed" in said, said
    assert "1 of 2 looked at" in said
    assert "Left out, since only pages differ from" in said
    assert "README.md, docs/ko/a.md and 1 more" in said
    assert "all below tests/engine/" in said
    for why, name in (("read no page", "c"), ("read others", "d"), ("take pages as material", "f")):
        assert f"1 tests that {why}: tests/site/test_{name}.py" in said
    assert only_pages(git)
    monkeypatch.setenv("FRESH", "1")
    assert not only_pages(git)


@pytest.mark.parametrize("name", ["hooks/a.py", "docs/overrides/main.html", "mkdocs.yml"])
def test_where_more_than_pages_changed_all_is_tested(git: Path, name: str) -> None:
    write(git / "docs/ko/a.md", "# B\n")
    write(git / name, "\n")
    assert not only_pages(git)


def test_where_it_is_not_known_what_changed_all_is_tested(
    git: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not only_pages(git), "nothing changed"
    monkeypatch.setenv("BASE", "no-such-branch")
    write(git / "docs/ko/a.md", "# B\n")
    assert not only_pages(git)


def test_the_base_is_where_the_histories_parted(git: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = commit(git, "rev-parse", "HEAD")
    commit(git, "branch", "theirs")
    write(git / "docs/ko/a.md", "# Ours\n")
    commit(git)
    commit(git, "switch", "--quiet", "theirs")
    write(git / "hooks/a.py", "theirs = 1\n")
    commit(git)
    commit(git, "switch", "--quiet", "-")
    monkeypatch.setenv("BASE", "theirs")
    assert merge_base(git) == begun
    assert changed(git, begun) == ["docs/ko/a.md"]
    clone = git / "clone"
    commit(git, "clone", "--quiet", "--branch=theirs", ".", str(clone))
    monkeypatch.delenv("BASE")
    assert merge_base(clone) == begun, "that of origin's default branch"


def test_a_test_that_may_be_left_out_cannot_read_a_page(git: Path) -> None:
    there = git / "tests/engine"
    write(there / "test_a.py", "def test_a(): open('docs/ko/a.md').read()\n")
    path = "from pathlib import Path\n\ndef test_d(): Path('README.md').resolve().read_text()\n"
    write(there / "test_d.py", path)
    write(there / "test_c.py", "open('docs/ko/a.md').read()\n\ndef test_c(): pass\n")
    said = suite(git, "--continue-on-collection-errors")
    assert said.count("is not run where only it changes") >= 3, said
    assert "1 passed, 2 failed, 1 error" in said or "2 failed, 1 passed, 1 error" in said, said
    for file in there.glob("*.py"):  # as is advised
        file.rename(git / "tests/site" / file.name)
    assert "4 passed" in suite(git)


def test_nor_can_one_read_another_page_than_it_names(git: Path) -> None:
    read = "open('docs/ko/a.md').read()"
    does = {
        "right": ('pages("a")', read),
        "all": ('pages("*")', read),
        "material": ('material("x")', read),
        "wrong": ('pages("b")', read),
        "glossary": ('pages("a")', "open('docs/glossary.yml').read()"),
        "browser": ('pages("a")', "__import__('sys').audit('tests.asked', '/en/b/')"),
        "home": ('pages("a")', "__import__('sys').audit('tests.asked', '/')"),
    }
    write(git / "docs/glossary.yml", "")
    for name, (mark, what) in does.items():
        text = MARKED.format(mark=mark, name=name, does=what)
        write(git / f"tests/site/test_{name}.py", text)
    said = suite(git, "tests/site")
    failed = re.findall(r"^FAILED \S+::test_(\w+)", said, re.MULTILINE)
    assert failed == ["browser", "glossary", "home", "wrong"], said


def test_a_failure_is_said_before_the_run_ends(git: Path) -> None:
    """As in a run that is cut off by its time: the other worker is not done, and never would be."""
    write(git / "tests/site/test_b.py", "def test_b(): assert 'it' == 'was'\n")
    waits = "import time\n\ndef test_a():\n    while True: time.sleep(0.1)\n"
    write(git / "tests/engine/test_a.py", waits)
    command, said = [*RUN, *TWO], ""
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=git, env=environment, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout
        try:
            for line in run.stdout:
                said += line
                if "1 failed" in line:
                    break
        finally:
            run.terminate()
    assert "tests/site/test_b.py:1: AssertionError" in said
    assert "of 2 tests after" in said
