"""Why versions print different things is said where they do, and nowhere else."""

import json

import pytest

from snippetlab.cli import main
from snippetlab.errors import EngineError, SourceError
from snippetlab.hosts.build import Build
from snippetlab.project import Project
from snippetlab.snippet.differs import differs_fault
from snippetlab.snippet.library import load_library
from tests.engine.versions import register, toy, versioned
from tests.support import Write

cure = pytest.mark.cure
WHY = '{ kind = "store", en = "Kept elsewhere." }'


@pytest.fixture(autouse=True)
def labs(project: Project, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    register(project, write, monkeypatch)


def fault(project: Project, id_: str = "a/b") -> SourceError | None:
    return differs_fault(load_library(project).find(id_))


@cure("differs-missing")
def test_where_they_differ_it_must_be_said(project: Project, write: Write) -> None:
    path = write("snippets/a/b.sh", versioned("echo moon\nstore\n"))
    assert not fault(project), "before they are recorded nobody knows"
    assert main(["record"]) == 0
    found = fault(project)
    assert found
    assert found.line == 4
    assert "versions 2 and 1 print different things in step 2" in str(found)
    assert 'Say why: # differs = { kind = "…", en = "…" }' in str(found)
    path.write_text(versioned("echo moon\nstore\n", differs=WHY))
    assert not fault(project)


@cure("differs-stale")
def test_where_they_do_not_it_must_not(project: Project, write: Write) -> None:
    path = write("snippets/a/b.sh", versioned("echo moon\n", differs=WHY))
    assert main(["record"]) == 0
    found = fault(project)
    assert found
    assert "Take the tag `differs` out" in str(found)
    assert found.line == 5
    path.write_text(versioned("echo moon\n"))
    assert not fault(project)
    path.write_text(toy("echo moon\n", differs=WHY))
    (project.snippets / "a/b@1.out").unlink()
    assert fault(project), "in one version nothing differs"


def test_a_build_says_so(project: Project, write: Write) -> None:
    write("snippets/a/b.sh", versioned("store\n"))
    write("docs/x.md", "---\ntitle: x\ndescription: x\n---\n\n# x { #x }\n\n```snippet\na/b\n```\n")
    assert main(["record"]) == 0
    build = Build(project, project.docs, live=False, write=False, say=print)
    with pytest.raises(EngineError, match="print different things"):
        build.start()


@pytest.mark.parametrize(
    "value",
    [
        '"x"',
        '{ en = "x" }',
        '{ kind = "a b", en = "x" }',
        '{ kind = "a" }',
        '{ kind = "a", en = "" }',
    ],
)
def test_it_has_a_kind_and_texts(value: str, project: Project, write: Write) -> None:
    write("snippets/a/b.sh", versioned("store\n", differs=value))
    with pytest.raises(SourceError, match="a kind, and a text"):
        load_library(project)


def test_drift_lists_what_differs_by_snippet_and_step(
    project: Project, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write("snippets/a/b.sh", versioned("echo moon\n# step: kept\nstore\n", differs=WHY))
    write("snippets/a/same.sh", versioned("echo moon\n"))
    write("snippets/a/one.sh", toy("store\n"))
    assert main(["record"]) == 0
    capsys.readouterr()
    assert main(["drift"]) == 0
    assert capsys.readouterr().out == (
        "snippets/a/b.sh:9: a/b@1, step 2 (store): store\n"
        "    2 | snapshots\n"
        "    1 | layers\n"
        "1 of 2 snippets in several versions print different things\n"
    )
    assert main(["drift", "--json", "a/b"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row == {
        "id": "a/b@1",
        "versions": ["2", "1"],
        "kind": "store",
        "step": 2,
        "name": "kept",
        "command": "store",
        "only": [["snapshots"], ["layers"]],
        "statuses": [0, 0],
        "path": "snippets/a/b.sh",
        "line": 9,
    }


def test_drift_says_what_is_not_recorded(
    project: Project, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write("snippets/a/b.sh", versioned("store\n", differs=WHY))
    assert main(["record", "a/b@1"]) == 0
    assert main(["drift"]) == 1
    assert "snippetlab record a/b\n" in capsys.readouterr().err
