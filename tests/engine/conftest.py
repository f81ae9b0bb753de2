"""Fixtures of several files."""

import pytest
from hypothesis import settings

from snippetlab.errors import Cure, SourceError
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from snippetlab.run.runner import Result, Verdict
from snippetlab.snippet.library import Library
from tests.engine.pages import write_library
from tests.engine.results import FAULT, NONE, find, recorded, transcript
from tests.engine.runners import Runner
from tests.support import Write


def pytest_configure(config: pytest.Config) -> None:
    """Before the tests here are imported, which ask: see `tests.support.examples`."""
    if config.getoption("--whole"):
        settings.register_profile("whole", settings.get_profile("any load"))
        settings.load_profile("whole")


@pytest.fixture
def run(laboratory: Laboratory) -> Runner:
    return Runner(laboratory)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Snippets for pages to show: see `pages`."""
    root = tmp_path_factory.mktemp("checkout")
    (root / "mkdocs.yml").touch()
    return write_library(Project(root))


@pytest.fixture
def held(project: Project, write: Write) -> Result:
    return Result(recorded(project, write, "a/held"), Verdict.HELD, transcript(b"old\n"), None, 0.5)


@pytest.fixture
def changed(project: Project, write: Write) -> Result:
    entry = recorded(project, write, "a/changed")
    return Result(entry, Verdict.CHANGED, transcript(b"new\n"), None, 0.25, (FAULT,))


@pytest.fixture
def failed(project: Project, write: Write) -> Result:
    entry = recorded(project, write, "b/failed")
    error = SourceError(entry.snippet.path, 5, "this step failed", Cure("mend", "Mend it."))
    return Result(entry, Verdict.FAILED, None, error, 0.1236)


@pytest.fixture
def not_run(project: Project, write: Write) -> Result:
    write("snippets/b/none.sh", NONE.format(reason='{ ko = "커널", en = "kernel" }'))
    return Result(find(project, "b/none"), Verdict.NOT_RUN)
