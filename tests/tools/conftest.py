"""What several files of tests share."""

from pathlib import Path

import pytest

from tests.tools import scratch


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small site in which nothing is wrong, but for a recording that is missing."""
    scratch.create(tmp_path)
    return tmp_path
