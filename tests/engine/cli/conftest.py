"""What tests of the command line have in common."""

import pytest

from snippetlab.cli import main
from snippetlab.project import Project
from tests.support import Write, snippet


@pytest.fixture(autouse=True)
def inside(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.snippets)


@pytest.fixture
def two(laboratory: object, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Two recorded snippets."""
    write("snippets/a/one.sh", snippet("echo one\n"))
    write("snippets/a/two.sh", snippet("echo two\n"))
    assert main(["record"]) == 0
    capsys.readouterr()
