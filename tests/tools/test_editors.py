"""Lock files, swap files and what file managers leave are nobody's pages and snippets."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site.previewing import leave_behind, small_checkout
from tests.support import build_site
from tools.finding import Finding
from tools.pages import snippets, translations
from tools.parity import parity


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return small_checkout(tmp_path / "checkout")


@pytest.mark.parametrize("check", [snippets, translations, parity])
def test_no_check_minds_them(checkout: Path, check: Callable[[Path], list[Finding]]) -> None:
    before = list(check(checkout))
    leave_behind(checkout)
    assert list(check(checkout)) == before


def test_nor_does_a_build(checkout: Path, tmp_path: Path) -> None:
    (checkout / "docs/en/index.md").write_text("# A { #a }\n")
    leave_behind(checkout)
    done = build_site("mkdocs.en.yml", tmp_path / "site", root=checkout)
    complaints = [line for line in done.stderr.splitlines() if line.startswith(("ERROR", "WARN"))]
    assert len(complaints) == 1
    assert 'not included in the "nav"' in complaints[0]  # this checkout has a short one
