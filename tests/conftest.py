"""Fixtures for all tests."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from snippetlab.errors import LabUnavailableError
from snippetlab.laboratory import Laboratory, open_laboratory
from snippetlab.library import load_library
from snippetlab.project import Project
from snippetlab.selection import one_shard
from tests.support import ROOT, Write


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shard", metavar="K/N", help="of the snippets, run only part K of N")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Several machines share the snippets as `snippetlab verify --shard` shares them."""
    if not (shard := config.getoption("--shard")):
        return
    entries = list(load_library(Project(ROOT)).entries.values())
    chosen = {entry.snippet.id for entry in one_shard(entries, shard)}
    kept = [item for item in items if _snippet_of(item) in {None, *chosen}]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def _snippet_of(item: pytest.Item) -> str | None:
    callspec = getattr(item, "callspec", None)
    return callspec.params.get("id_") if callspec else None


@pytest.fixture(scope="session")
def repository() -> Project:
    """This checkout."""
    return Project(ROOT)


@pytest.fixture(scope="session")
def laboratory(repository: Project) -> Iterator[Laboratory]:
    """The namespace lab. Without it tests fail, unless it was asked that they be skipped."""
    try:
        laboratory = open_laboratory(repository)
    except LabUnavailableError as error:
        if os.environ.get("ALLOW_MISSING_LAB"):
            pytest.skip(f"ALLOW_MISSING_LAB is set: {error}")
        pytest.fail(f"{error}\nTo test without the lab, set ALLOW_MISSING_LAB=1.", pytrace=False)
    with laboratory:
        yield laboratory


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty checkout that shares this one's lab recipe."""
    (tmp_path / "mkdocs.yml").touch()
    (tmp_path / "docs").mkdir()
    (tmp_path / "snippets").mkdir()
    shutil.copytree(ROOT / "lab", tmp_path / "lab", ignore=shutil.ignore_patterns("lock.toml"))
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
