"""What lies in a checkout: no link is followed, no pipe waited for, nothing too large is read."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from snippetlab import checkout, limits
from snippetlab.errors import SourceError
from snippetlab.hosts.build import Build
from snippetlab.project import Project
from snippetlab.snippet import tree
from snippetlab.snippet.library import read_library
from tests.hostile.readers import READERS
from tests.support import ROOT, Write, snippet
from tools import check
from tools.checkout import files
from tools.finding import Finding


@pytest.fixture(autouse=True)
def inside_it(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)


@pytest.fixture
def place(project: Project, write: Write) -> Callable[[str], Path]:
    """Makes room for one of these files, with what refers to it."""
    write("snippets/a/z.sh", snippet("true\n"))
    write("tests/hostile/attacks.toml", "")

    def room(name: str) -> Path:
        path = project.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        if name.endswith("y.txt"):
            write("snippets/a/y.sh", snippet("true\n", files=["y.txt"]))
        return path

    return room


def _followed(path: Path) -> int:
    return os.open(path, os.O_RDONLY)


@pytest.mark.parametrize("inside", [False, True], ids=["outside", "inside"])
@pytest.mark.parametrize("name", READERS)
def test_a_link_is_not_followed(
    name: str,
    inside: bool,
    project: Project,
    place: Callable[[str], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Not even one that stays inside: whoever reviews a change sees the link, not what it names."""
    target = (project.root if inside else tmp_path_factory.mktemp("outside")) / "secret"
    target.write_text("s3cret: [\n")
    path = place(name)
    path.symlink_to(target)
    with pytest.raises(SourceError) as caught:
        READERS[name](project)
    assert caught.value.path == path
    assert "this is a link" in caught.value.message
    # Without the guard it is read.
    with mock.patch.object(checkout, "_open", _followed):
        assert checkout.read(path) == b"s3cret: [\n"


@pytest.mark.parametrize("name", ["snippets", "docs/en", "lab"])
def test_no_directory_on_the_way_is_a_link(
    name: str, project: Project, write: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Also where a configuration of its own makes what is behind it look like a checkout."""
    write("snippets/a/z.sh", snippet("true\n"))
    write("docs/en/x.md", "# X\n")
    outside = tmp_path_factory.mktemp("outside") / "other"
    (project.root / name).rename(outside)
    (outside / "mkdocs.yml").touch()
    (project.root / name).symlink_to(outside)
    with pytest.raises(SourceError, match=f"{name}:1: this is a link"):
        Build(project, project.docs, live=False, write=False, say=print)


@pytest.mark.parametrize("name", READERS)
def test_what_has_no_end_is_not_read(
    name: str, project: Project, place: Callable[[str], Path]
) -> None:
    """A hole of 300 MB costs whoever sends it nothing, and who reads it the memory."""
    path = place(name)
    with path.open("wb") as file:
        file.truncate(300_000_000)
    with pytest.raises(SourceError, match="bytes, of at most"):
        READERS[name](project)


# Of these two it is asked first whether they are files.
@pytest.mark.parametrize("name", sorted(READERS.keys() - {"snippets/a/y.txt", "docs/commands.yml"}))
def test_a_pipe_is_not_waited_for(
    name: str, project: Project, place: Callable[[str], Path]
) -> None:
    os.mkfifo(place(name))
    with pytest.raises(SourceError, match="neither a file nor a directory"):
        READERS[name](project)


def test_recordings_are_bounded_together(project: Project, write: Write) -> None:
    """Each may have its megabytes; a thousand of them would be more than a machine has."""
    for name in "abc":
        path = write(f"snippets/a/{name}.sh", snippet("true\n")).with_suffix(".out")
        with path.open("wb") as file:
            file.truncate(1000)
    with mock.patch.object(tree, "RECORDED", 2000):
        (fault,) = read_library(project).faults
    assert "a/c.out:1: with this one, recordings have 3,000 bytes, of at most 2,000" in str(fault)


@pytest.mark.parametrize("name", ["docs/en/logo.svg", "docs/en/more", "docs/overrides/x.html"])
def test_nothing_that_a_link_names_is_published(
    name: str, project: Project, write: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "id_rsa").write_text("s3cret")
    path = write("docs/en/index.md", "# X\n").parent.parent.parent / name
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(outside if name.endswith("more") else outside / "id_rsa")
    with pytest.raises(SourceError, match=f"{name}:1: this is a link"):
        Build(project, project.docs / "en", live=False, write=False, say=print)
    subprocess.run(["git", "init", "--quiet"], cwd=project.root, check=True)
    assert [(f.place, f.message) for f in files(project.root)] == [
        (f"{name}:1", "this is a link, and only files of the checkout are read")
    ]
    # MkDocs itself would publish it.
    write("mkdocs.yml", "site_name: x\ndocs_dir: docs/en\nplugins: []\n")
    build(load_config(str(project.root / "mkdocs.yml")))
    published = [path for path in (project.root / "site").rglob("*") if path.is_file()]
    shown = any(b"s3cret" in path.read_bytes() for path in published)
    assert shown == name.startswith("docs/en")


NAMES = ["a\nb.md", "\x1b]52;c;x\x07.md", "\u202egpj.md", "-rf.md", "a\udcff.md", "a'\n'.md"]


@pytest.mark.cure("checkout-name")
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_name_is_printable(name: str, project: Project, write: Write) -> None:
    """The command that is advised can be pasted, and renames the file."""
    page = write("docs/en/x.md", "# X\n")
    page.rename(page.with_name(name))
    with pytest.raises(SourceError) as caught:
        Build(project, project.docs / "en", live=False, write=False, say=print)
    said = str(caught.value)
    assert said.replace("\n", "").isprintable()
    (command,) = (line for line in said.split("\n") if "mv --" in line)
    _do(command.partition("Rename it: ")[2].replace("NEW", "docs/en/new.md"))
    assert [path.name for path in (project.docs / "en").iterdir()] == ["new.md"]


@pytest.mark.cure("checkout-special")
def test_what_is_no_file_is_removed_as_advised(project: Project) -> None:
    (project.docs / "en").mkdir()
    os.mkfifo(project.docs / "en/a pipe.svg")
    with pytest.raises(SourceError) as caught:
        Build(project, project.docs / "en", live=False, write=False, say=print)
    _do(str(caught.value).partition("Remove it: ")[2])
    assert not list((project.docs / "en").iterdir())


@pytest.mark.cure("recordings-size")
def test_recordings_that_print_less_are_read(project: Project, write: Write) -> None:
    path = write("snippets/a/x.sh", snippet("true\n")).with_suffix(".out")
    path.write_text("x" * 3000)
    with mock.patch.object(tree, "RECORDED", 2000):
        assert "| head" in str(read_library(project).faults[0])
        path.write_text("x")
        assert not read_library(project).faults


def test_this_checkout_has_nothing_of_the_kind() -> None:
    assert not list(files(ROOT))
    recordings = (path.stat().st_size for path in (ROOT / "snippets").rglob("*.out"))
    assert sum(recordings) < limits.RECORDED / 10


def _do(command: str) -> None:
    subprocess.run(["bash", "-c", command], check=True)


def test_no_other_check_runs_before_what_they_would_follow_is_gone(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A linter would print what a link leads to, or never come to an end."""
    subprocess.run(["git", "init", "--quiet"], check=True)
    (project.docs / "x.md").symlink_to("/dev/zero")
    monkeypatch.setattr("sys.argv", ["check", "other"])
    monkeypatch.setattr(check, "ROOT", project.root)
    ran: list[Path] = []

    def other(root: Path) -> list[Finding]:
        ran.append(root)
        return []

    monkeypatch.setattr(check, "CHECKS", {"other": other})
    assert check.main() == 1
    assert "docs/x.md:1: this is a link" in capsys.readouterr().out
    assert not ran
    (project.docs / "x.md").unlink()
    assert check.main() == 0
    assert ran == [project.root]
