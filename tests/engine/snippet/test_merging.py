"""Recordings under git: branches that record one snippet merge, or a message says what to do."""

import subprocess
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.project import Project
from snippetlab.snippet.library import load_library
from snippetlab.snippet.recording import State
from tests.support import Write, advised, snippet

CODE = "echo {0}\necho two\necho three\necho four\necho {1}\n"


@pytest.fixture(autouse=True)
def inside(project: Project, monkeypatch: pytest.MonkeyPatch, laboratory: object) -> None:
    monkeypatch.chdir(project.root)
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@example.org")


def git(*arguments: str) -> int:
    return subprocess.run(["git", *arguments], capture_output=True).returncode


def commit(write: Write, first: str, last: str) -> Path:
    """The snippet with two of its steps chosen, recorded and committed."""
    path = write("snippets/a/b.sh", snippet(CODE.format(first, last)))
    assert main(["record", "--yes"]) == 0
    git("add", ".")
    git("commit", "--message", f"{first} {last}")
    return path.with_suffix(".out")


def diverge(write: Write, ours: tuple[str, str], theirs: tuple[str, str]) -> Path:
    git("init", "--initial-branch", "main")
    commit(write, "one", "five")
    git("switch", "--create", "topic")
    commit(write, *theirs)
    git("switch", "main")
    return commit(write, *ours)


def test_what_two_branches_do_to_different_steps_merges(project: Project, write: Write) -> None:
    diverge(write, ("1", "five"), ("one", "5"))
    assert git("merge", "topic") == 0
    assert load_library(project).find("a/b").state is State.FRESH
    assert main(["verify"]) == 0


@pytest.mark.cure("unreadable-recording", "snippet-conflict")
def test_a_conflict_is_named_and_recording_resolves_it(
    project: Project, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    recording = diverge(write, ("1", "five"), ("I", "five"))
    assert git("merge", "topic") != 0
    assert main(["verify"]) == 1
    said = capsys.readouterr().err
    assert "a/b.sh:5: the file holds a merge conflict" in said
    write("snippets/a/b.sh", snippet(CODE.format("1", "five")))
    assert main(["verify"]) == 1
    said = capsys.readouterr().err
    assert "a/b.out:3: the recording holds a merge conflict\n" in said
    assert main(advised(said)) == 0
    assert "<<<<<<<" not in recording.read_text()
    assert main(["verify"]) == 0
