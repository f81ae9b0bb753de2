"""One bad file stops nobody else's work, and what is wrong is said all at once."""

import json

import pytest

from snippetlab.cli import main
from snippetlab.errors import SourcesError
from snippetlab.project import Project
from snippetlab.snippet.language import LANGUAGES, Language
from snippetlab.snippet.library import load_library
from tests.support import Write, snippet


@pytest.fixture(autouse=True)
def inside(project: Project, monkeypatch: pytest.MonkeyPatch, laboratory: object) -> None:
    monkeypatch.chdir(project.root)


@pytest.fixture
def broken(write: Write) -> None:
    """Three bad files, one of them with a follower, beside two good ones."""
    write("snippets/a/good.sh", snippet("echo good\n"))
    write("snippets/a/other.sh", snippet("echo other\n"))
    write("snippets/a/headless.sh", "echo\n")
    write("snippets/a/after.sh", snippet("echo\n", after="a/headless"))
    write("snippets/a/wrong.sh", snippet("echo\n", timeout="long"))
    write("snippets/a/orphan.out", "")


FAULTS = ("headless.sh:1: ", "wrong.sh:4: ", "orphan.out:1: ")


def test_all_faults_are_named_at_once(broken: None, project: Project) -> None:
    with pytest.raises(SourcesError) as caught:
        load_library(project)
    said = str(caught.value)
    assert [said.count(fault) for fault in FAULTS] == [1, 1, 1]


def test_others_are_recorded_verified_run_and_listed(
    broken: None, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["record", "a/good"]) == 0
    assert main(["verify", "a/good"]) == 0
    assert main(["run", "a/other"]) == 0
    assert capsys.readouterr().err == ""
    for command, done in (("record", "a/other: recorded"), ("verify", "2 held"), ("list", "fresh")):
        assert main([command]) == 1
        printed = capsys.readouterr()
        assert done in printed.out
        assert [printed.err.count(fault) for fault in FAULTS] == [1, 1, 1]


def test_reports_for_machines_name_them_too(
    broken: None, write: Write, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    write("docs/page.md", "```snippet\n")
    assert main(["record", "a/good", "a/other"]) == 0
    capsys.readouterr()
    files = [project.root / name for name in ("results.xml", "results.json")]
    reports = ["--junit", str(files[0]), "--json", str(files[1]), "--annotations"]
    assert main(["verify", *reports]) == 1
    for text in (*(file.read_text() for file in files), capsys.readouterr().out):
        assert all(f"a/{name}" in text for name in ("headless.sh", "wrong.sh", "orphan.out"))
    rows = json.loads(files[1].read_text())
    assert [row["verdict"] for row in rows].count("failed") == len(FAULTS)


@pytest.mark.parametrize("name", ["a/headless", "a/after"])
def test_who_asks_for_a_broken_one_is_told(
    name: str, broken: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", name]) == 1
    assert "headless.sh:1: the snippet has no header" in capsys.readouterr().err


@pytest.mark.cure("unused-file")
def test_a_file_that_no_snippet_uses_is_named(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write("snippets/a/b.sh", snippet("echo\n"))
    write("snippets/a/foo.rb", "puts 1\n")
    assert main(["list"]) == 1
    assert "a/foo.rb:1: no snippet uses this file\n" in capsys.readouterr().err
    write("snippets/a/b.sh", snippet("cat foo.rb\n", files=["foo.rb"]))
    assert main(["list"]) == 0


@pytest.mark.cure("unknown-language")
def test_a_snippet_in_an_unknown_language_is_told_of_the_table(
    write: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("snippets/a/foo.rb", snippet("puts 1\n"))
    broken = write("snippets/a/broken.sh", snippet("if\n"))
    assert main(["run", "a/foo"]) == 1
    assert "in the language of '.rb' here\n" in capsys.readouterr().err
    broken.unlink()
    assert main(["list"]) == 1
    said = capsys.readouterr().err
    assert "a/foo.rb:1: no snippet can be written in the language of '.rb' here\n" in said
    assert "Snippets end in .c, .console, .Dockerfile, .py, .sh." in said
    monkeypatch.setitem(LANGUAGES, ".rb", Language("Ruby", "ruby", runs=("ruby {name}",)))
    assert main(["list"]) == 0


def test_a_file_without_a_header_may_belong_to_a_snippet(write: Write) -> None:
    write("snippets/a/b.sh", snippet("bash c.sh\n", files=["c.sh", "b.c"]))
    write("snippets/a/b.c", "int main;\n")  # its id would be that of the snippet
    write("snippets/a/c.sh", "echo\n")
    assert main(["list"]) == 0


@pytest.mark.parametrize("name", [".#b.sh", "#b.sh#", ".b.sh.swp", "b.sh~", ".DS_Store"])
def test_what_editors_leave_behind_is_no_snippet(name: str, project: Project, write: Write) -> None:
    write("snippets/a/b.sh", snippet("echo\n"))
    (project.snippets / "a" / name).symlink_to("gone@host.1234:5678")
    assert list(load_library(project).entries) == ["a/b"]
