"""`verify --write`: what it notes, and that nobody can note what did not hold."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from snippetlab.cli import main
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from snippetlab.run.memory import key_of, read_memory
from snippetlab.snippet.library import load_library
from snippetlab.snippet.recording import write_recording
from snippetlab.transcript import Step, Transcript
from tests.engine.following import WHO, commit, git
from tests.support import ROOT, Write, snippet

PRINTS = 'unshare --uts sh -c "hostname b; hostname"\nhostname\n'
TWINS = "tests/snippets/without.toml"


@pytest.fixture(autouse=True)
def inside(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)
    for name in ("BASE", "FRESH"):  # as whoever runs the tests may have set them
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def two(laboratory: object, write: Write) -> None:
    """Two snippets that have held."""
    write("snippets/a/one.sh", snippet("echo one\n"))
    write("snippets/a/two.sh", snippet("echo two\n"))
    assert main(["record"]) == 0
    assert main(["verify", "--write"]) == 0


def noted(project: Project) -> dict[str, Any]:
    rows: dict[str, Any] = json.loads((project.snippets / "verification.json").read_text())
    return rows


def edit(project: Project, change: Callable[[dict[str, Any]], None]) -> None:
    """Edit the file by hand."""
    rows = noted(project)
    change(rows)
    (project.snippets / "verification.json").write_text(json.dumps(rows))


def test_keys_are_those_of_what_ran(two: None, project: Project, laboratory: Laboratory) -> None:
    entries = load_library(project).entries
    assert {id_: row["held"] for id_, row in noted(project).items()} == {
        id_: {"namespace": key_of(entry, laboratory, "namespace")} for id_, entry in entries.items()
    }


def test_of_a_selection_only_what_ran_is_noted(two: None, project: Project) -> None:
    before = noted(project)

    def make_old(rows: dict[str, Any]) -> None:
        for row in rows.values():
            row |= {"date": "2026-01-01", "held": {"namespace": "x", "docker-29": "y"}}

    edit(project, make_old)
    (project.lab / "lock.toml").unlink()
    assert main(["verify", "--write", "a/one"]) == 0
    after = noted(project)
    assert after["a/one"]["date"] > "2026-01-01"
    assert after["a/one"]["held"] == {**before["a/one"]["held"], "docker-29": "y"}
    assert after["a/two"]["held"]["namespace"] == "x"
    assert not (project.lab / "lock.toml").exists()
    assert main(["verify", "--write"]) == 0
    assert {id_: row["held"] for id_, row in noted(project).items()} == {
        id_: row["held"] for id_, row in before.items()
    }


def test_what_no_longer_holds_loses_its_key_and_the_others_keep_theirs(
    two: None, project: Project
) -> None:
    entry = load_library(project).find("a/one")
    write_recording(entry.snippet, entry.inputs, Transcript((Step("echo one", b"1\n"),)))
    before = noted(project)
    assert main(["verify", "--write", "a/one"]) == 1
    assert noted(project) == {**before, "a/one": _without(before["a/one"], "held")}


def _without(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != name}


@pytest.mark.cure("twin-same")
def test_twins_run_and_must_print_something_else(
    laboratory: Laboratory, project: Project, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write("snippets/isolation/b.sh", snippet(PRINTS))
    assert main(["record"]) == 0
    write(TWINS, '"isolation/b" = ["hostname b;", "hostname b ;"]\n')
    assert main(["verify", "--write"]) == 1
    said = capsys.readouterr().err
    assert f"{TWINS}:1: without 'hostname b;' isolation/b prints the same" in said
    assert "Name a text that matters" in said
    assert noted(project)["isolation/b"]["held"].keys() == {"namespace"}
    write(TWINS, '"isolation/b" = ["unshare --uts ", ""]\n')
    assert main(["verify", "--write"]) == 0
    assert noted(project)["isolation/b"]["held"].keys() == {"namespace", "twin"}
    assert "twins: 1 differ" in capsys.readouterr().out


@pytest.mark.cure("twin-breaks")
def test_a_twin_that_breaks_shows_nothing(
    laboratory: Laboratory, project: Project, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write("snippets/isolation/b.sh", snippet(PRINTS))
    assert main(["record"]) == 0
    write(TWINS, '"isolation/b" = ["unshare", "unshared"]\n')
    assert main(["verify", "--write"]) == 1
    said = capsys.readouterr().err
    assert f"{TWINS}:1: with 'unshared' isolation/b breaks" in said
    assert "unshared: command not found" in said
    assert noted(project)["isolation/b"]["held"].keys() == {"namespace"}
    (instead,) = re.findall(r"such as `(\w+)`", said)
    write(TWINS, f'"isolation/b" = ["unshare", "{instead}"]\n')
    assert main(["verify", "--write"]) == 0


def test_one_that_can_have_no_twin_is_not_run_as_one(
    laboratory: Laboratory, project: Project, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write("snippets/isolation/b.sh", snippet(PRINTS))
    assert main(["record"]) == 0
    write(TWINS, '"isolation/b" = { none = "it shows how a recording looks" }\n')
    assert main(["verify", "--write"]) == 0
    assert noted(project)["isolation/b"]["held"].keys() == {"namespace"}
    assert "twins:" not in capsys.readouterr().out


def test_what_is_for_the_tab_runs_there_too(
    laboratory_of: Callable[[str], Laboratory], project: Project, write: Write
) -> None:
    laboratory_of("browser")
    write(project.machine.relative_to(project.root).as_posix(), Project(ROOT).machine.read_text())
    write(
        "snippets/a/b.sh",
        snippet("echo ok\n").replace("# ///\necho", "# browser = true\n# ///\necho"),
    )
    assert main(["record"]) == 0
    assert main(["verify", "--write"]) == 0
    assert noted(project)["a/b"]["held"].keys() == {"namespace", "browser"}


@pytest.fixture
def forged(two: None, project: Project, laboratory: Laboratory) -> str:
    """A recording that no run made, its sums right, with the key that a run of it would have."""
    entry = load_library(project).find("a/one")
    write_recording(entry.snippet, entry.inputs, Transcript((Step("echo one", b"forged\n"),)))
    entry = load_library(project).find("a/one")
    assert entry.fault is None
    key = key_of(entry, laboratory, "namespace")
    edit(project, lambda rows: rows["a/one"]["held"].update(namespace=key))
    return key


def test_a_forged_entry_is_found_by_verify_and_with_fresh(
    forged: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["verify"]) == 1
    commit(project)
    assert read_memory(project.root).knows("a/one", "namespace", forged)
    monkeypatch.setenv("FRESH", "1")
    assert not read_memory(project.root).knows("a/one", "namespace", forged)


def test_a_forged_entry_is_found_by_the_tenth_that_some_commit_chooses(
    forged: str, project: Project
) -> None:
    commit(project)
    git(project.root, "remote", "add", "origin", ".")
    git(project.root, "update-ref", "refs/remotes/origin/main", "HEAD")
    for number in range(500):
        memory = read_memory(project.root)
        assert memory.knows("a/one", "namespace", forged)
        if memory.repeats("a/one", "namespace"):
            break
        git(project.root, *WHO, "commit", "-q", "--allow-empty", "-m", str(number))
    else:
        pytest.fail("500 commits, and none chose it")
