"""A snippet that is recorded in several versions of its lab."""

import json
import re
from pathlib import Path

import pytest

from snippetlab.cli import main
from snippetlab.errors import EngineError, SourceError
from snippetlab.project import Project
from snippetlab.run.basis import basis
from snippetlab.run.selection import by_ids
from snippetlab.snippet.library import load_library, read_library
from snippetlab.snippet.recording import State
from tests.engine.versions import RECIPES, recording, register, toy, versioned
from tests.support import Write, snippet

cure = pytest.mark.cure


@pytest.fixture(autouse=True)
def labs(project: Project, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    register(project, write, monkeypatch)


def test_each_version_is_an_entry_with_a_recording_of_its_own(
    project: Project, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write("snippets/a/b.sh", versioned("echo moon\nstore\n"))
    entries = load_library(project).entries
    assert [*entries] == ["a/b", "a/b@1"]
    assert [entry.snippet.lab for entry in entries.values()] == ["toy", "toy-1"]
    assert {entry.state for entry in entries.values()} == {State.MISSING}
    assert "snippetlab record a/b@1" in str(entries["a/b@1"].fault)
    assert main(["record", "a/b"]) == 0
    assert "snapshots\n" in recording(project.root, "a/b").read_text()
    own = recording(project.root, "a/b@1").read_text()
    assert "layers\n" in own
    assert "# ran b.sh in toy-1\n" in own
    assert {entry.state for entry in load_library(project).entries.values()} == {State.FRESH}
    capsys.readouterr()
    assert main(["list", "--lab", "toy-1"]) == 0
    assert capsys.readouterr().out.split() == ["a/b@1", "toy-1", "fresh"]


def test_one_version_is_recorded_alone(project: Project, write: Write) -> None:
    write("snippets/a/b.sh", versioned("store\n"))
    assert main(["record", "a/b@1"]) == 0
    states = {id_: entry.state for id_, entry in load_library(project).entries.items()}
    assert states == {"a/b": State.MISSING, "a/b@1": State.FRESH}
    library = load_library(project)
    assert [e.snippet.id for e in by_ids(library, ["a/b"])] == ["a/b", "a/b@1"]
    assert [e.snippet.id for e in by_ids(library, ["a/b@1", "a/b"])] == ["a/b@1", "a/b"]
    with pytest.raises(EngineError, match="Did you mean a/b"):
        library.find("a/b@3")


def test_a_version_is_verified_and_noted_as_any_lab_is(
    project: Project, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write("snippets/a/b.sh", versioned("store\n"))
    assert main(["record"]) == 0
    assert main(["verify", "--write"]) == 0
    noted = json.loads((project.snippets / "verification.json").read_text())
    assert {id_: [*row["held"]] for id_, row in noted.items()} == {
        "a/b": ["toy"],
        "a/b@1": ["toy-1"],
    }
    assert {"[labs.toy]", "[labs.toy-1]"} <= {*(project.lab / "lock.toml").read_text().split("\n")}
    write("lab/toy-1.toml", RECIPES["toy-1"].replace('"layers', '"sheets'))
    assert main(["lab", "build", "toy-1"]) == 0
    assert main(["verify", "--lab", "toy"]) == 0
    capsys.readouterr()
    assert main(["verify", "--lab", "toy-1"]) == 1
    said = capsys.readouterr().err
    assert "b@1.out:1: a/b@1 no longer prints what is recorded" in said
    assert "snippetlab record a/b@1" in said


def test_a_change_makes_all_versions_stale(project: Project, write: Write) -> None:
    write("snippets/a/b.sh", versioned("store\n"))
    assert main(["record"]) == 0
    write("snippets/a/b.sh", versioned("store\necho moon\n"))
    assert {entry.state for entry in load_library(project).entries.values()} == {State.STALE}


def test_a_chain_is_one_of_variants(project: Project, write: Write) -> None:
    write("snippets/a/b.sh", versioned("store\n"))
    write("snippets/a/c.sh", versioned("size\n", after='"a/b"'))
    entry = load_library(project).find("a/c@1")
    assert [one.snippet.id for one in entry.chain] == ["a/b@1", "a/c@1"]
    assert main(["record"]) == 0
    assert "# after a/b@1 " in recording(project.root, "a/c@1").read_text()


@cure("chain-version")
def test_a_chain_has_its_versions_from_the_first_on(project: Project, write: Write) -> None:
    write("snippets/a/b.sh", toy("store\n"))
    write("snippets/a/c.sh", versioned("size\n", after='"a/b"'))
    with pytest.raises(SourceError, match="a/b, after which this runs, is not") as raised:
        load_library(project)
    assert raised.value.line == 4
    write("snippets/a/b.sh", versioned("store\n"))
    assert load_library(project).find("a/c@1")


def test_after_a_snippet_with_versions_one_without_may_come(project: Project, write: Write) -> None:
    write("snippets/a/b.sh", versioned("store\n"))
    write("snippets/a/c.sh", toy("size\n", after='"a/b"'))
    assert [*load_library(project).entries] == ["a/b", "a/b@1", "a/c"]


@pytest.mark.parametrize(
    ("comment", "holds"), [("# ? 127, @1 0", True), ("# ? @2 127", True), ("# ? 127", False)]
)
def test_a_step_may_end_otherwise_in_a_version(
    comment: str, holds: bool, project: Project, write: Write
) -> None:
    write("lab/toy-1.toml", RECIPES["toy-1"] + '"plug-in" = "1.0\\n"\n')
    assert main(["lab", "build", "toy-1"]) == 0
    write("snippets/a/b.sh", versioned(f"plug-in  {comment}\n"))
    assert main(["record"]) == (0 if holds else 1)
    if holds:
        assert "plug-in\n? 127\n" in recording(project.root, "a/b").read_text()
        assert "plug-in\n1.0\n" in recording(project.root, "a/b@1").read_text()


@cure("status-version")
def test_such_a_version_is_one_that_is_recorded(project: Project, write: Write) -> None:
    path = write("snippets/a/b.sh", versioned("plug-in  # ? 127, @7 0\n"))
    with pytest.raises(SourceError, match="which is not recorded") as raised:
        load_library(project)
    assert raised.value.line == 6
    path.write_text(versioned("plug-in  # ? 127\n"))
    assert load_library(project).find("a/b@1")


WRONG = [
    pytest.param('["2"]', "several versions", 4, id="one"),
    pytest.param('["2", "2"]', "each once", 4, id="twice"),
    pytest.param('["2", "1", "3", "4", "5"]', "5 versions, of at most 4", 4, id="five"),
    pytest.param('["2", "x"]', "a list of versions", 4, id="no version"),
    pytest.param('["1", "2"]', "has version 2 first", 4, marks=cure("versions-lab"), id="order"),
    pytest.param('["2", "3"]', "has no version 3", 4, id="unknown"),
]


@pytest.mark.parametrize(("versions", "said", "line"), WRONG)
def test_the_tag_names_versions_of_the_lab(
    versions: str, said: str, line: int, project: Project, write: Write
) -> None:
    path = write("snippets/a/b.sh", toy("store\n", versions=versions))
    with pytest.raises(SourceError, match=said) as raised:
        load_library(project)
    assert raised.value.line == line
    if found := re.search(r'Write: # versions = (\["2", "1"\])', str(raised.value)):
        path.write_text(toy("store\n", versions=found[1]))
        assert load_library(project).find("a/b@1")


def test_a_lab_with_one_version_takes_no_such_tag(project: Project, write: Write) -> None:
    path = write("snippets/a/b.sh", snippet("true\n", versions=["2", "1"]))
    with pytest.raises(SourceError, match="the lab namespace has no version 2\n    Remove it"):
        load_library(project)
    path.write_text(snippet("true\n"))
    assert load_library(project).find("a/b")


@cure("lab-version")
def test_a_lab_that_is_a_version_is_no_lab_of_a_snippet(project: Project, write: Write) -> None:
    path = write("snippets/a/b.sh", toy("store\n").replace('"toy"', '"toy-1"'))
    with pytest.raises(SourceError, match="toy-1 is version 1 of the lab toy") as raised:
        load_library(project)
    lines = str(raised.value).split("\n    ")[1:]
    tags = "\n".join(line.partition(": ")[2] for line in lines)
    path.write_text(path.read_text().replace('# lab = "toy-1"', tags))
    assert [*load_library(project).entries] == ["a/b", "a/b@1"]


@cure("orphan-version")
def test_a_recording_of_a_version_that_is_not_named_is_an_orphan(
    project: Project, write: Write
) -> None:
    path = write("snippets/a/b.sh", versioned("store\n"))
    assert main(["record"]) == 0
    path.write_text(toy("store\n"))
    (fault,) = read_library(project).faults
    assert "b is not recorded in version 1" in str(fault)
    recording(project.root, "a/b@1").unlink()
    assert not read_library(project).faults
    write("snippets/a/z@1.out", "# recording 2\n#\n")
    assert "belongs to no snippet" in str(*read_library(project).faults)


def test_the_name_of_an_experiment_is_no_version(project: Project, write: Write) -> None:
    write("snippets/a/b.sh", snippet("echo one\n"))
    write("snippets/a/b@2nd.toml", "")
    (fault,) = read_library(project).faults
    assert fault.path.name == "b@2nd.toml"


VALUE = {"values": "{ size = '(\\d+ MB)' }"}


@pytest.mark.parametrize(
    ("relation", "holds"),
    [
        ("size@1 < size", True),
        ("size@1 * 2 == size", True),
        ("size@2 > size@1", True),
        ("size@1 > size", False),
        ("size@2 < size@1", False),
    ],
)
def test_a_relation_may_name_a_version(
    relation: str, holds: bool, project: Project, write: Write
) -> None:
    text = versioned("size\n", **VALUE)
    write("snippets/a/b.sh", text)
    assert main(["record"]) == 0
    write("snippets/a/b.sh", text.replace("# ///\nsize", f'# holds = ["{relation}"]\n# ///\nsize'))
    assert main(["verify"]) == (0 if holds else 1)
    faults = [entry.fault for entry in load_library(project).entries.values()]
    assert all(bool(fault) is not holds for fault in faults), faults
    if not holds:
        assert f"`{relation}` does not hold: " in str(faults[0])


def test_a_relation_is_judged_where_a_version_prints_otherwise(
    project: Project, write: Write
) -> None:
    tags = VALUE | {"holds": '["size@1 < size"]', "volatile": '["size"]'}
    write("snippets/a/b.sh", versioned("size\n", **tags))
    assert main(["record"]) == 0
    write("lab/toy-1.toml", RECIPES["toy-1"].replace("10 MB", "30 MB"))
    assert main(["lab", "build", "toy-1"]) == 0
    assert main(["verify", "--lab", "toy-1"]) == 1


def test_without_a_recording_of_the_other_version_it_is_not_judged(
    project: Project, write: Write
) -> None:
    write("snippets/a/b.sh", versioned("size\n", **VALUE, holds='["size@1 > size"]'))
    assert main(["record", "a/b"]) == 0  # neither knows the other yet
    assert all(entry.fault for entry in load_library(project).entries.values())


def test_what_is_recorded_in_another_version_is_part_of_the_basis(
    project: Project, write: Write
) -> None:
    write("snippets/a/b.sh", versioned("size\n", **VALUE, holds='["size@1 < size"]'))
    before = basis(load_library(project).find("a/b"))
    assert main(["record"]) == 0
    path: Path = recording(project.root, "a/b@1")
    assert before != (now := basis(load_library(project).find("a/b")))
    path.unlink()
    assert now != basis(load_library(project).find("a/b"))


def test_a_value_that_no_version_has_is_unknown(project: Project, write: Write) -> None:
    write("snippets/a/b.sh", versioned("size\n", **VALUE, holds='["size@3 < size"]'))
    with pytest.raises(SourceError, match="unknown value `size@3`"):
        load_library(project)
