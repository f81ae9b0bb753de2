"""What messages on the tree of snippets advise, done: all is well then."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.errors import EngineError
from snippetlab.project import Project
from snippetlab.snippet.library import load_library
from tests.engine.following import commit, follow
from tests.support import Write, advised, snippet

Edit = Callable[[Path, str], object]
"""What is done in the directory of a chapter, given what the message says."""


@pytest.fixture(autouse=True)
def inside(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)


def replace_link(chapter: Path, said: str) -> None:
    link = chapter / "link.sh"
    target = link.resolve()
    link.unlink()
    shutil.copy(target, link)


def run_git(chapter: Path, said: str) -> None:
    found = re.search(r"git rm .*", said)
    assert found
    for command in (["git", "init"], ["git", "add", "."], [*shlex.split(found[0]), "--force"]):
        subprocess.run(command, cwd=chapter.parent.parent, check=True, capture_output=True)


def rename(old: str, new: str) -> Edit:
    return lambda chapter, _: (chapter / old).rename(chapter / new)


def take_meant(chapter: Path, said: str) -> None:
    meant = re.search(r"Did you mean (\S+)\?", said)
    assert meant
    (chapter / "two.sh").write_text(snippet("echo\n", after=meant[1]))


def write_two(**tags: object) -> Edit:
    return lambda chapter, _: (chapter / "two.sh").write_text(snippet("echo\n", **tags))


PLAIN = {"one.sh": snippet("echo\n")}
CURES = [
    pytest.param(
        {"b_b.sh": snippet("echo\n")}, rename("b_b.sh", "b.sh"), marks=pytest.mark.cure("id")
    ),
    pytest.param(
        PLAIN | {"one.py": snippet("print()\n")},
        rename("one.py", "two.py"),
        marks=pytest.mark.cure("id-taken"),
    ),
    pytest.param(PLAIN | {"gone.out": ""}, run_git, marks=pytest.mark.cure("orphan")),
    pytest.param(
        PLAIN | {"link.sh": Path("one.sh")}, replace_link, marks=pytest.mark.cure("checkout-link")
    ),
    pytest.param(
        {"one.sh": snippet("echo\n" * 100_000)},
        lambda chapter, _: (chapter / "one.sh").write_text(PLAIN["one.sh"]),
        marks=pytest.mark.cure("file-size"),
    ),
    pytest.param(
        PLAIN | {"two.sh": snippet("echo\n", after="a/onne")},
        take_meant,
        marks=pytest.mark.cure("unknown-predecessor"),
    ),
    pytest.param(
        {"one.sh": snippet("echo\n", after="a/two"), "two.sh": snippet("echo\n", after="a/one")},
        write_two(),
        marks=pytest.mark.cure("circle"),
    ),
    pytest.param(
        PLAIN | {"two.sh": snippet("echo\n", after="a/one").replace('"namespace"', '"machine"')},
        write_two(after="a/one"),
        marks=pytest.mark.cure("chain-lab"),
    ),
    pytest.param(
        PLAIN
        | {"two.sh": snippet("echo\n", after="a/one", browser="true").replace('"true"', "true")},
        write_two(after="a/one"),
        marks=pytest.mark.cure("chain-browser"),
    ),
]


@pytest.mark.parametrize(("files", "edit"), CURES)
def test_the_edit_that_is_advised_mends_it(
    files: dict[str, str | Path],
    edit: Edit,
    project: Project,
) -> None:
    chapter = project.snippets / "a"
    chapter.mkdir()
    for name, content in files.items():
        if isinstance(content, Path):
            (chapter / name).symlink_to(content)
        else:
            (chapter / name).write_text(content)
    with pytest.raises(EngineError) as caught:
        load_library(project)
    edit(chapter, str(caught.value))
    load_library(project)


@pytest.mark.cure("record")
@pytest.mark.parametrize("state", ["missing", "changed"])
def test_what_is_missing_or_stale_is_recorded_as_advised(
    state: str,
    write: Write,
    laboratory: object,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("snippets/a/b.sh", snippet("echo one\n"))
    if state == "changed":
        assert main(["record"]) == 0
        write("snippets/a/b.sh", snippet("echo two\n"))
    assert main(["verify"]) == 1
    assert main(advised(capsys.readouterr().err)) == 0
    assert main(["verify"]) == 0


@pytest.mark.cure("restore")
@pytest.mark.parametrize("by", ["git", "snippetlab"])
def test_what_was_edited_by_hand_is_restored_as_advised(
    by: str,
    project: Project,
    write: Write,
    laboratory: object,
    capsys: pytest.CaptureFixture[str],
) -> None:
    recording = write("snippets/a/b.sh", snippet("echo one\n")).with_suffix(".out")
    assert main(["record"]) == 0
    before = recording.read_text()
    commit(project)
    recording.write_text(before.replace("\none\n", "\n1\n"))
    capsys.readouterr()
    assert main(["verify"]) == 1
    said = capsys.readouterr().err
    if by == "snippetlab":
        assert main(advised(said)) == 0
    else:
        follow("Restore it", said, project.root)
    assert recording.read_text() == before
