"""Files that another system wrote, or somebody damaged, are mended as the message says."""

import re
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.project import Project
from tests.engine.following import commit, follow
from tests.support import Write, snippet


@pytest.fixture(autouse=True)
def inside(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)


@pytest.mark.cure("byte-order-mark", "carriage-returns")
@pytest.mark.parametrize("kind", ["mark", "ends"])
def test_a_file_of_another_system_is_converted(
    kind: str, write: Write, laboratory: object, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write("snippets/a/b.sh", "")
    text = snippet("echo ok\n").encode()
    path.write_bytes(b"\xef\xbb\xbf" + text if kind == "mark" else text.replace(b"\n", b"\r\n"))
    assert main(["record"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("snippets/a/b.sh:1: the file ")
    follow("Remove it" if kind == "mark" else "Convert it", said, Path.cwd())
    assert path.read_bytes() == text
    assert main(["record"]) == 0


@pytest.mark.cure("restore-recipe")
@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        (
            "packages = [",
            "pakages = [",
            "lab/base.toml: the recipe is unreadable: it has no `packa",
        ),
        ("[stated]", "[stated", "lab/base.toml:19: the recipe is unreadable: Expected "),
        ("[stated]", "[[stated]]", "lab/base.toml: the recipe is unreadable: 'list' object"),
    ],
)
def test_a_broken_recipe_is_restored(
    old: str,
    new: str,
    wrong: str,
    project: Project,
    capsys: pytest.CaptureFixture[str],
) -> None:
    commit(project)
    toml = project.lab / "base.toml"
    text = toml.read_text()
    toml.write_text(text.replace(old, new))
    assert main(["lab", "key", "base"]) == 1
    said = capsys.readouterr().err
    assert wrong in said
    follow("Restore it", said, Path.cwd())
    assert toml.read_text() == text
    assert main(["lab", "key", "base"]) == 0


@pytest.mark.cure("restore-lock", "write-lock")
def test_a_broken_lock_is_restored_or_written_anew(
    project: Project,
    write: Write,
    laboratory: object,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("snippets/a/b.sh", snippet("echo ok\n"))
    assert main(["record"]) == 0
    assert main(["verify", "--write"]) == 0
    lock = project.lab / "lock.toml"
    text = lock.read_text()
    commit(project)
    capsys.readouterr()
    for damage in ("<<<<<<< ours\n", "labs = 3\n"):
        lock.write_text(damage + text)
        assert main(["verify"]) == 1
        said = capsys.readouterr().err
        assert said.startswith("lab/lock.toml")
        follow("Restore it", said, Path.cwd())
        assert lock.read_text() == text
        assert main(["verify"]) == 0
        lock.write_text(damage + text)
        (command,) = re.findall(r"write it anew: snippetlab (.+)$", said, re.MULTILINE)
        assert main(command.split()) == 0
        assert lock.read_text() == text
