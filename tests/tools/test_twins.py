"""Twins: each fault of tests/snippets/without.toml has a place, and a cure that mends it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.project import Project
from snippetlab.run.twin import twins_path, with_entry
from tests.support import Write, snippet
from tools.finding import Finding
from tools.twins import twins

pytestmark = pytest.mark.pageless

HEAD = "# A comment.\n"
ENTRY = '"isolation/b" = ["unshare --uts ", ""]\n'
Found = Callable[[], list[Finding]]


@pytest.fixture
def path(project: Project, write: Write) -> Path:
    write("snippets/isolation/b.sh", snippet("unshare --uts hostname b\n"))
    return write("tests/snippets/without.toml", HEAD + ENTRY)


@pytest.fixture
def found(project: Project, path: Path) -> Found:
    return lambda: list(twins(project.root))


def test_nothing_is_found_where_each_has_its_twin(found: Found) -> None:
    assert found() == []


@pytest.mark.cure("twin-missing")
def test_a_snippet_that_runs_without_a_twin(found: Found, path: Path, write: Write) -> None:
    write("snippets/docker/d.sh", snippet("docker info\n"))
    write("snippets/docker/e.sh", snippet("docker info\n").replace("namespace", "none"))
    (finding,) = found()
    assert finding.place == "snippets/docker/d.sh:1"
    _, _, line = finding.cure.partition(": ")
    line = line.replace("a text that matters to what it proves", "docker info")
    path.write_text(f"{path.read_text()}{line}\n")
    assert found() == []


@pytest.mark.cure("twin-stale")
def test_a_renamed_snippet_leaves_none(found: Found, path: Path, project: Project) -> None:
    source = project.snippets / "isolation/b.sh"
    source.rename(source.with_name("bb.sh"))
    missing, stale = found()
    assert missing.place == "snippets/isolation/bb.sh:1"
    assert stale.place == "tests/snippets/without.toml:2"
    (name,) = re.findall(r'write ("\S+")\.', stale.cure)
    path.write_text(path.read_text().replace('"isolation/b"', name))
    assert found() == []


@pytest.mark.cure("twin-stale")
def test_the_entry_of_a_snippet_that_is_gone(found: Found, path: Path) -> None:
    path.write_text(HEAD + '"isolation/a" = ["a", "b"]\n' + ENTRY)
    (finding,) = found()
    assert (finding.place, finding.cure) == (f"{path_name()}:2", "Take the line out.")
    path.write_text(HEAD + ENTRY)
    assert found() == []


@pytest.mark.cure("twin-text")
def test_a_text_that_is_not_in_the_snippet(found: Found, path: Path) -> None:
    path.write_text(HEAD + ENTRY.replace("uts", "net"))
    (finding,) = found()
    assert finding.place == f"{path_name()}:2"
    assert "'unshare --net '" in finding.message
    path.write_text(HEAD + ENTRY)
    assert found() == []


@pytest.mark.cure("twin-none")
@pytest.mark.parametrize("entry", ['{ none = " " }', '{ none = "it is", text = "it" }', '"it is"'])
def test_a_reason_why_there_is_no_twin(found: Found, path: Path, entry: str) -> None:
    path.write_text(f'{HEAD}"isolation/b" = {entry}\n')
    (finding,) = found()
    assert finding.place == f"{path_name()}:2"
    (line,) = re.findall(r'"\S+" = \{.*\}', finding.cure)
    path.write_text(HEAD + line.replace("…", "it shows how a recording looks") + "\n")
    assert found() == []


@pytest.mark.cure("twin-unread", "twin-steps")
@pytest.mark.parametrize(
    ("entry", "said", "mended"),
    [
        ('["hostname b", "hostname \'b"]', "cannot be read", "hostname b  "),
        ('["unshare --uts hostname b\\n", ""]', "has 1 steps, not 2", "true\\n"),
        ('["hostname b", "hostname b\\ntrue"]', "has 3 steps, not 2", "true"),
    ],
)
def test_a_twin_that_is_no_script_of_the_same_steps(
    found: Found, path: Path, write: Write, entry: str, said: str, mended: str
) -> None:
    write("snippets/isolation/b.sh", snippet("unshare --uts hostname b\nhostname\n"))
    path.write_text(f'{HEAD}"isolation/b" = {entry}\n')
    (finding,) = found()
    assert finding.place == f"{path_name()}:2"
    assert said in finding.message
    assert "Replace" in finding.cure
    text, _ = re.findall(r'"(.*?)"', entry)
    path.write_text(f'{HEAD}"isolation/b" = ["{text}", "{mended}"]\n')
    assert found() == []


@pytest.mark.cure("twin-unread")
def test_a_twin_that_is_no_python(found: Found, path: Path, write: Write) -> None:
    (path.parents[2] / "snippets/isolation/b.sh").unlink()
    write("snippets/isolation/b.py", snippet("if True:\n    print(1)\n"))
    path.write_text(f'{HEAD}"isolation/b" = ["    print(1)", ""]\n')
    (finding,) = found()
    assert "cannot be read" in finding.message
    path.write_text(f'{HEAD}"isolation/b" = ["    print(1)", "    pass"]\n')
    assert found() == []


@pytest.mark.cure("twin-todo", "twin-toml", "twin-pair")
@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (with_entry("", "isolation/b"), "TODO is left"),
        ('"isolation/b" = "unshare"\n', "no pair of texts"),
        ('"isolation/b" = [\n', "no TOML"),
    ],
)
def test_an_entry_that_is_none(found: Found, path: Path, entry: str, said: str) -> None:
    path.write_text(HEAD + entry)
    (finding,) = found()
    assert finding.place in (f"{path_name()}:2", f"{path_name()}:3")
    assert said in finding.message
    (line,) = re.findall(r'"\S+" = \[.*?\]', finding.cure)
    path.write_text(
        HEAD + re.sub(r"\[.*\]", '["unshare --uts ", ""]', line).replace("…", "isolation/b") + "\n"
    )
    assert found() == []


def test_new_begins_the_twin_in_its_place(
    project: Project, found: Found, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root)
    for name in ("isolation/a", "isolation/c", "docker/e"):
        assert main(["new", name]) == 0
    ids = re.findall(r'^"(\S+)"', path.read_text(), re.MULTILINE)
    assert ids == ["docker/e", "isolation/a", "isolation/b", "isolation/c"]
    assert ["TODO is left" in finding.message for finding in found()] == [True, True, True]


def path_name() -> str:
    return twins_path(Project(Path())).as_posix()
