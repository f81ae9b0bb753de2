"""`make check`: links that lead nowhere, and what a strict build refuses."""

import re
import shutil
from pathlib import Path

import pytest

from tests.site.previewing import small_checkout
from tests.support import ROOT
from tools.links import links as check_links

pytestmark = pytest.mark.pageless

SHOWN = "isolation/uts"


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """A checkout with two pages a language, and a snippet of this one with its recording."""
    root = small_checkout(tmp_path / "linked")
    shutil.rmtree(root / "snippets/a")
    (root / "snippets/isolation").mkdir()
    for suffix in (".sh", ".out"):
        shutil.copy(ROOT / f"snippets/{SHOWN}{suffix}", root / f"snippets/{SHOWN}{suffix}")
    for page in root.glob("docs/*/index.md"):
        page.write_text(page.read_text(encoding="utf-8").replace("a/b", SHOWN), encoding="utf-8")
    return root


@pytest.mark.cure("link-target")
def test_a_link_to_nowhere_is_found(linked: Path) -> None:
    links = {
        "othr.md": "other.md",
        "other.md#othr": "other.md#other",
        "index.md#isolation-utz": "index.md#isolation-uts",
    }
    page = linked / "docs/ko/other.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text + "".join(f"\n[x]({link})\n" for link in links), encoding="utf-8")
    lines = page.read_text(encoding="utf-8").split("\n")
    found = {finding.cure: finding.place for finding in check_links(linked)}
    assert found == {
        f"Did you mean {meant}?": f"docs/ko/other.md:{lines.index(f'[x]({link})') + 1}"
        for link, meant in links.items()
    }
    meant_links = [re.findall(r"mean (\S+)\?", cure)[0] for cure in found]
    page.write_text(text + "".join(f"\n[x]({link})\n" for link in meant_links), encoding="utf-8")
    assert not list(check_links(linked))
    # What MkDocs does not look at is seen in the built site.
    page = linked / "docs/en/other.md"
    page.write_text('# Other { #other }\n\n<a href="../nowhere/">x</a>\n', encoding="utf-8")
    (lost,) = check_links(linked)
    assert lost.place.startswith("docs/en/other.md:")
    assert "a link to /en/nowhere leads nowhere" in lost.message


def test_what_the_engine_refuses_keeps_its_cure(linked: Path) -> None:
    page = linked / "docs/en/index.md"
    page.write_text(page.read_text().replace(SHOWN, "isolation/utz"))
    found = list(check_links(linked))
    assert [(f.place, f.cure) for f in found] == [("docs/en/index.md:4", f"Did you mean {SHOWN}?")]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_term_whose_page_is_gone_is_found(linked: Path, language: str) -> None:
    glossary = linked / "docs/glossary.yml"
    glossary.write_text(glossary.read_text() + "  page: other.md\n")
    assert not list(check_links(linked))
    (linked / "docs" / language / "other.md").unlink()
    (first, *_) = check_links(linked)
    assert re.fullmatch(r"docs/glossary\.yml:\d+", first.place)
    assert first.message == f"there is no page {language}/other.md"
    assert first.cure.startswith("Begin it: make page ID=other")
