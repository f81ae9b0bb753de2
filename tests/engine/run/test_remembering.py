"""Which runs that held are remembered, by whose word, and which of them are repeated."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from snippetlab.project import Project
from snippetlab.run.memory import Memory, read_memory
from snippetlab.run.verification import Verified
from tests.engine.following import WHO, commit, git
from tests.support import Write

COMMITS = [f"{number:x}" for number in range(0x3F2A1B, 0x3F2A1B + 30)]


@pytest.fixture(autouse=True)
def inside(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.root)
    for name in ("BASE", "FRESH"):  # as whoever runs the tests may have set them
        monkeypatch.delenv(name, raising=False)


def held(took: Mapping[str, float], *variants: str) -> dict[str, Verified]:
    """Rows of runs that took so long."""
    keys = dict.fromkeys(variants, "key")
    return {id_: Verified("2026-11-30", seconds, keys) for id_, seconds in took.items()}


def repeated(rows: Mapping[str, Verified]) -> list[set[tuple[str, str]]]:
    """The runs that each commit repeats."""
    return [set(Memory("base", commit, rows).tenth) for commit in COMMITS]


def test_each_commit_chooses_another_tenth() -> None:
    rows = held({f"a/{number}": 2.0 for number in range(500)}, "docker", "twin")
    first, second, *_ = repeated(rows)
    assert len(first) == len(second) == 100
    assert len(first & second) < 40
    memory = Memory("base", COMMITS[0], rows)
    chosen = {(id_, variant) for id_ in rows for variant in ("docker", "twin")}
    assert {run for run in chosen if memory.repeats(*run)} == first


def test_it_is_a_tenth_of_the_seconds_whatever_is_chosen() -> None:
    """But for the last one, with which the tenth is full."""
    took = {f"a/{number}": 60.0 if number % 10 == 0 else 1.0 for number in range(300)}
    tenth = sum(took.values()) / 10
    for runs in repeated(held(took, "docker")):
        seconds = [took[id_] for id_, _ in runs]
        assert tenth <= sum(seconds) < tenth + max(seconds)


def test_sooner_or_later_each_is_chosen_and_of_each_variant_some_are() -> None:
    """Also one that says that it took no time, or all of it."""
    rows = held({"a/none": 0.0, "a/long": 1e6, "a/one": 1.0, "a/two": 2.0}, "namespace")
    rows |= held({"b/one": 50.0, "b/two": 60.0}, "docker")
    rows |= held({"c/none": 0.0}, "machine")
    found = repeated(rows)
    assert set[tuple[str, str]]().union(*found) == {
        (id_, variant) for id_, row in rows.items() for variant in row.held
    }
    for runs in found:
        assert {variant for _, variant in runs} == {"namespace", "docker", "machine"}


@pytest.fixture
def clone(project: Project, write: Write, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a repository whose default branch knows one key; here a branch brings another."""
    write("snippets/verification.json", _file("default"))
    commit(project)
    root = tmp_path_factory.mktemp("clone") / "site"
    git(project.root, "clone", "-q", ".", str(root))
    git(root, "checkout", "-q", "-b", "change")
    (root / "snippets/verification.json").write_text(_file("brought"))
    git(root, *WHO, "commit", "-q", "-a", "-m", "x")
    return root


def _file(key: str) -> str:
    row = {"date": "2026-11-29", "seconds": 1, "held": {"namespace": key}}
    return json.dumps({"a/one": row})


def test_a_change_cannot_bring_its_own_keys(clone: Path, project: Project) -> None:
    memory = read_memory(clone)
    assert memory.commit == git(project.root, "rev-parse", "HEAD")
    assert memory.head == git(clone, "rev-parse", "HEAD")
    assert memory.knows("a/one", "namespace", "default")
    assert not memory.knows("a/one", "namespace", "brought")
    # Nor does it matter that the default branch has gone on.
    (project.snippets / "verification.json").write_text(_file("later"))
    git(project.root, *WHO, "commit", "-q", "-a", "-m", "x")
    git(clone, "fetch", "-q")
    assert read_memory(clone) == memory


@pytest.mark.parametrize("origin", [True, False], ids=["origin", "no origin"])
def test_base_names_another_revision(
    origin: bool, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = git(clone, "rev-parse", "HEAD~")
    if not origin:
        git(clone, "remote", "remove", "origin")
        assert read_memory(clone).knows("a/one", "namespace", "brought")  # the commit's own
    (clone / "snippets/verification.json").write_text(_file("uncommitted"))
    assert not read_memory(clone).knows("a/one", "namespace", "uncommitted")
    monkeypatch.setenv("BASE", base)
    assert read_memory(clone).commit == base
    monkeypatch.setenv("BASE", "nowhere")
    assert read_memory(clone).knows("a/one", "namespace", "default") == origin


def test_without_git_or_a_file_nothing_is_known(
    clone: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_memory(tmp_path_factory.mktemp("no repository")).verified == {}
    (clone / "snippets/verification.json").write_text("<<<<<<<")
    git(clone, *WHO, "commit", "-q", "-a", "-m", "x")
    monkeypatch.setenv("BASE", "HEAD")
    assert read_memory(clone).verified == {}
    monkeypatch.setenv("PATH", "/nowhere")
    assert read_memory(clone).verified == {}
