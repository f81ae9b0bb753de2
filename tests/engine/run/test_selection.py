"""What `snippetlab verify` and its relatives select."""

import subprocess
from itertools import chain

import pytest

from snippetlab.cli import main
from snippetlab.errors import EngineError
from snippetlab.project import Project
from snippetlab.run.selection import changed_since, one_shard
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.library import load_library
from tests.support import Write, snippet


@pytest.fixture
def entries(project: Project, write: Write) -> list[Entry]:
    """A chain of two, one with a file, one alone; all committed."""
    write("snippets/a/one.sh", snippet("true\n"))
    write("snippets/a/two.sh", snippet("true\n", after="a/one"))
    write("snippets/b/three.sh", snippet("true\n", files=["data.txt"]))
    write("snippets/b/data.txt", "x")
    write("snippets/b/four.sh", snippet("true\n"))
    for arguments in (
        ("init", "--quiet"),
        ("add", "."),
        ("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "-m", "x"),
    ):
        subprocess.run(["git", "-C", str(project.root), *arguments], check=True)
    return list(load_library(project).entries.values())


def ids(entries: list[Entry]) -> list[str]:
    return [entry.snippet.id for entry in entries]


@pytest.mark.parametrize(
    ("name", "selected"),
    [
        ("docs/page.md", []),
        ("snippets/b/four.sh", ["b/four"]),
        ("snippets/b/four.out", ["b/four"]),
        ("snippets/b/data.txt", ["b/three"]),
        ("snippets/a/one.sh", ["a/one", "a/two"]),
        ("snippets/a/two.sh", ["a/two"]),
        ("lab/base.toml", ["a/one", "a/two", "b/four", "b/three"]),
    ],
)
def test_a_change_selects_what_depends_on_it(
    name: str, selected: list[str], project: Project, write: Write, entries: list[Entry]
) -> None:
    assert changed_since(entries, project, "HEAD") == []
    write(name, "changed")
    assert ids(changed_since(entries, project, "HEAD")) == selected


def test_an_unknown_revision_is_an_error(project: Project, entries: list[Entry]) -> None:
    with pytest.raises(EngineError, match="bad revision"):
        changed_since(entries, project, "nonsense")


@pytest.mark.parametrize("parts", [1, 2, 3, 5])
def test_shards_are_a_partition_that_keeps_chains(parts: int, entries: list[Entry]) -> None:
    shards = [ids(one_shard(entries, f"{part}/{parts}")) for part in range(1, parts + 1)]
    assert sorted(chain.from_iterable(shards)) == sorted(ids(entries))
    assert all(("a/one" in shard) == ("a/two" in shard) for shard in shards)


@pytest.mark.parametrize("shard", ["0/2", "3/2", "2", "a/b", "1/0", "-1/2"])
def test_a_shard_that_cannot_be_is_an_error(shard: str, entries: list[Entry]) -> None:
    with pytest.raises(EngineError, match="Write it like 2/5"):
        one_shard(entries, shard)


def test_new_writes_a_snippet_that_can_be_recorded(
    project: Project,
    laboratory: object,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(project.root)
    assert main(["new", "c/fresh"]) == 0
    assert "```snippet\nc/fresh\n```" in capsys.readouterr().out
    assert main(["record"]) == 0
    assert main(["verify", "--repeat", "2"]) == 0
    assert capsys.readouterr().out.endswith("2 held\n")
    assert main(["new", "c/fresh"]) == 1
    assert main(["new", "../outside/x"]) == 1
    assert not (project.root.parent / "outside").exists()


def test_a_missing_lab_must_be_allowed(
    project: Project,
    write: Write,
    laboratory: object,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(project.root)
    write("snippets/a/one.sh", snippet("true\n"))
    assert main(["record"]) == 0
    monkeypatch.setenv("SNIPPETLAB_CACHE", str(project.root / "empty"))
    capsys.readouterr()
    assert main(["verify"]) == 1
    assert capsys.readouterr().err.startswith("1 not run: the base image is missing")
    assert main(["verify", "--allow-missing-lab"]) == 0
    assert "1 not run, as allowed" in capsys.readouterr().out
    write("snippets/a/one.sh", snippet("false\n"))
    assert main(["verify", "--allow-missing-lab"]) == 1
    assert main(["record"]) == 1
    said = capsys.readouterr().err
    assert "a/one.sh:1: not recorded: the base image is missing\n" in said
    assert said.endswith("    Make it: snippetlab lab build base\n")


def test_list_can_be_narrowed(
    project: Project,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(project.root)
    write("snippets/a/one.sh", snippet("true\n"))
    assert main(["list", "--state", "fresh"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["list", "--state", "missing", "--lab", "namespace"]) == 0
    assert capsys.readouterr().out.startswith("a/one ")
