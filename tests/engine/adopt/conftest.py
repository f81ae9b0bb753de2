"""`snippetlab adopt` in a project of its own."""

import pytest

from snippetlab.cli import main
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from tests.engine.adopt.adopting import Adopt


@pytest.fixture
def adopt(
    laboratory: Laboratory,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Adopt:
    monkeypatch.chdir(project.root)

    def adopt(*arguments: str) -> tuple[int, str]:
        status = main(["adopt", *arguments])
        printed = capsys.readouterr()
        return status, printed.out + printed.err

    return adopt
