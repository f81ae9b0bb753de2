"""Fixtures for all tests."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from snippetlab.errors import LabUnavailableError
from snippetlab.images.recipe_files import DEFAULT
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory, open_laboratory
from snippetlab.run.selection import one_shard
from snippetlab.say import printable
from snippetlab.snippet.library import Library, load_library
from tests import sharing
from tests.affected import MARKS, Affected, only_pages
from tests.opened import Opened
from tests.order import Measured, Order
from tests.progress import Progress
from tests.sharing import Shared
from tests.support import ROOT, Write

pytest_plugins = ["tests.remembered"]

# A shell that starts something in the background has it ignore Ctrl-C, which tests press.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes says more about the machine's load than about the code.
settings.register_profile("any load", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any load")


@cache
def _library() -> Library:
    return load_library(Project(ROOT))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shard", metavar="K/N", help="of the snippets, run only part K of N")
    parser.addoption("--whole", action="store_true", help="leave out nothing that repeats itself")
    affected = "leave out what a change of pages cannot affect"
    parser.addoption("--affected", action="store_true", help=affected)
    parser.addoption("--measure", action="store_true", help="write tests/seconds.json anew")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Plugins of this project's own, each in a module of its own."""
    sharing.start(config)
    for mark in MARKS:
        config.addinivalue_line("markers", mark)
    config.pluginmanager.register(Opened(config.stash[sharing.KEY].directory))
    config.pluginmanager.register(Order())
    if config.getoption("--affected") and (found := only_pages(ROOT)):
        config.pluginmanager.register(Affected(ROOT, *found), "affected")
    if hasattr(config, "workerinput"):
        return
    if terminal := config.pluginmanager.get_plugin("terminalreporter"):
        config.pluginmanager.register(Progress(terminal))
    if config.getoption("--measure"):
        config.pluginmanager.register(Measured())


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Of xdist: what its controller tells a worker."""
    shared = node.config.stash[sharing.KEY]
    node.workerinput |= {"shared": str(shared.directory), "address": shared.address}


def pytest_unconfigure() -> None:
    sharing.STACK.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Several machines share the snippets as `snippetlab verify --shard` shares them."""
    if not (shard := config.getoption("--shard")):
        return
    entries = list(_library().entries.values())
    chosen = {entry.snippet.id for entry in one_shard(entries, shard)}
    kept = [item for item in items if _snippet_of(item) in {None, *chosen}]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def pytest_itemcollected(item: pytest.Item) -> None:
    """A test of a snippet is reported at the snippet's own file, which is what to mend."""
    if id_ := _snippet_of(item):
        path = _library().entries[id_].snippet.path
        item.reportinfo = lambda: (path, 0, item.name)  # type: ignore[method-assign]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """What a snippet or a page made a test print may not speak to a terminal, either."""
    report.sections = [(name, printable(text)) for name, text in report.sections]


def _snippet_of(item: pytest.Item) -> str | None:
    callspec = getattr(item, "callspec", None)
    return callspec.params.get("id_") if callspec else None


@pytest.fixture(scope="session")
def repository() -> Project:
    """This checkout."""
    return Project(ROOT)


@pytest.fixture(scope="session")
def shared(pytestconfig: pytest.Config) -> Shared:
    """What all workers of this run have in common."""
    return pytestconfig.stash[sharing.KEY]


@pytest.fixture(scope="session")
def laboratory_of(repository: Project) -> Iterator[Callable[[str], Laboratory]]:
    """A lab by its name. Without it tests fail, unless it was asked that they be skipped."""
    opened: dict[str, Laboratory] = {}
    with ExitStack() as stack:

        def laboratory_of(name: str) -> Laboratory:
            if name not in opened:
                try:
                    opened[name] = stack.enter_context(open_laboratory(repository, name))
                except LabUnavailableError as error:
                    if os.environ.get("ALLOW_MISSING_LAB"):
                        pytest.skip(f"ALLOW_MISSING_LAB is set: {error}")
                    cure = "To test without the lab, set ALLOW_MISSING_LAB=1."
                    pytest.fail(f"{error}\n{cure}", pytrace=False)
            return opened[name]

        yield laboratory_of


@pytest.fixture(scope="session")
def laboratory(laboratory_of: Callable[[str], Laboratory]) -> Laboratory:
    """The namespace lab."""
    return laboratory_of("namespace")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty checkout with recipes of its own, which are the engine's."""
    (tmp_path / "mkdocs.yml").touch()
    (tmp_path / "docs").mkdir()
    (tmp_path / "snippets").mkdir()
    shutil.copytree(ROOT / "lab", tmp_path / "lab", ignore=shutil.ignore_patterns("lock.toml"))
    shutil.copytree(DEFAULT, tmp_path / "lab", dirs_exist_ok=True)
    return Project(tmp_path)


@pytest.fixture
def write(project: Project) -> Write:
    """Write a file below the empty checkout."""

    def write(name: str, text: str) -> Path:
        path = project.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write
