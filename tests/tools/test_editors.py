"""Lock files, swap files and what file managers leave are nobody's pages and snippets."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site.previewing import leave_behind, small_checkout
from tests.support import build_site
from tools.finding import Finding
from tools.links import links
from tools.pages import moved, snippets, translations
from tools.parity import parity

pytestmark = pytest.mark.pageless


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
    left = leave_behind(checkout)
    done = build_site("mkdocs.en.yml", tmp_path / "site", root=checkout)
    assert not re.findall(r"^(?:ERROR|WARNING) .*", done.stderr, re.MULTILINE), done.stderr
    assert [path.name for path in left if path.name in done.stderr] == []


@pytest.mark.parametrize("check", [links, moved])
def test_a_configuration_that_is_no_yaml_is_said_with_its_line(
    checkout: Path, check: Callable[[Path], list[Finding]]
) -> None:
    configuration = checkout / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8")
    line = text[: text.index("strict: ")].count("\n") + 1
    configuration.write_text(text.replace("strict: ", "strict "), encoding="utf-8")
    found = list(check(checkout))
    assert {finding.place for finding in found} == {f"mkdocs.yml:{line}"}
    assert "this is no YAML: " in found[0].message
    assert "git diff mkdocs.yml" in found[0].cure
