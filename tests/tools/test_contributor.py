"""A contributor's walk, whole: clone, new page, its TODOs, checks, a merge conflict, green."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import ROOT, advised
from tools.finding import tracked

pytestmark = pytest.mark.material("it is about a page that is added, and about tools")

PAGE = "isolation/landlock"
CODE = "unshare --uts bash <<'cell'\nhostname {0}\nhostname\ncell\nhostname\n"
TWIN = f'"{PAGE}" = ["unshare --uts bash", "bash"]\n'
BEGUN = "snippets twins drafts translations parity terms markdown spelling"
WRITTEN = f"{BEGUN} content shellcheck"
Do = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What `git clone --depth 1` gives of this checkout as it is, set up."""
    directory = tmp_path / "clone"
    command = ["git", "clone", "--quiet", "--depth=1", ROOT.as_uri(), str(directory)]
    subprocess.run(command, check=True)
    names = set(tracked())
    for gone in set(tracked(root=directory)) - names:
        (directory / gone).unlink()
    for name in names:
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, directory / name)
    (directory / ".venv").symlink_to(sys.prefix)
    with (directory / ".git/info/exclude").open("a") as stream:
        stream.write("/.venv\n")
    for name in ("requirements.txt", "requirements-dev.txt", "tools/environment.py"):
        os.utime(directory / name, (0, 0))  # what is set up here was set up from these
    return directory


@pytest.fixture
def do(clone: Path, monkeypatch: pytest.MonkeyPatch) -> Do:
    """Run a command there as somebody would; `fails` where it has to."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@example.org")
    monkeypatch.delenv("PYTHONPATH", raising=False)

    def run(*command: str, fails: bool = False) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(command, cwd=clone, capture_output=True, text=True)
        assert bool(done.returncode) == fails, f"{command}\n{done.stdout}\n{done.stderr}"
        return done

    return run


@pytest.mark.usefixtures("laboratory")
def test_a_new_page_from_the_clone_to_the_merged_conflict(clone: Path, do: Do) -> None:
    do("git", "add", "--all")
    do("git", "commit", "--quiet", "--allow-empty", "--message=as it is here")
    do("make", "page", f"ID={PAGE}", "KO=Landlock", "EN=Landlock")

    # What is left is listed, a place a line, and nothing else is wrong.
    listed = do("make", "check", f"ONLY={BEGUN}", fails=True).stdout
    places = re.findall(r"^(\S+):(\d+): TODO is left", listed, re.MULTILINE)
    assert {name.split("/")[0] for name, _ in places} == {"docs", "snippets", "tests"}
    assert set(re.findall(r"^(\w+) .* found", listed, re.MULTILINE)) == {"drafts", "twins"}
    for name, number in places:
        _write(clone / name, int(number))
    source = clone / f"snippets/{PAGE}.sh"
    header, _ = source.read_text(encoding="utf-8").split("# ///\n")
    source.write_text(f"{header}# ///\n{CODE.format('cell')}", encoding="utf-8")
    do("make", "record")
    do("make", "check", f"ONLY={WRITTEN}")
    _tested(do)
    do("git", "add", "--all")
    do("git", "commit", "--quiet", "--message=A page on Landlock")

    # Two branches change the same step.
    for branch, name in (("theirs", "room"), ("ours", "box")):
        do("git", "switch", "--quiet", "--create", branch, "HEAD" if name == "room" else "HEAD~1")
        source.write_text(f"{header}# ///\n{CODE.format(name)}", encoding="utf-8")
        do("make", "record")
        do("git", "commit", "--quiet", "--all", f"--message={name}")
    do("git", "merge", "--quiet", "theirs", fails=True)
    said = do("make", "check", "ONLY=snippets", fails=True).stdout
    (line,) = re.findall(rf"{PAGE}\.sh:(\d+): the file holds a merge conflict", said)
    assert source.read_text(encoding="utf-8").splitlines()[int(line) - 1].startswith("<<<<<<<")
    do("git", "checkout", "--ours", str(source))
    said = do("make", "check", "ONLY=snippets", fails=True).stdout
    assert f"{PAGE}.out:" in said
    do(".venv/bin/snippetlab", *advised(said))
    do("make", "check", "ONLY=snippets twins")
    _tested(do)
    do("git", "add", "--all")
    do("git", "commit", "--quiet", "--no-edit")


def _write(path: Path, number: int) -> None:
    """Write what stands for the TODOs of a line."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    if path.suffix == ".toml":
        lines[number - 1] = TWIN
    prose = (
        "안에서 바꾼 이름은 밖에서 보이지 않는다"
        if "/ko/" in str(path)
        else "What changes inside is not seen outside"
    )
    lines[number - 1] = re.sub(r'TODO[^\n\]".]*', prose, lines[number - 1])
    path.write_text("".join(lines), encoding="utf-8")


def _tested(do: Do) -> None:
    done = do(".venv/bin/pytest", "-q", "-p", "no:cacheprovider", "tests/snippets", "-k", PAGE)
    assert " 2 passed" in f" {done.stdout.splitlines()[-1]}", done.stdout
