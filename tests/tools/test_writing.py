"""The page for writers quotes pages, snippets and pictures of this site as they are."""

import re
from pathlib import Path

import pytest

from tests.support import ROOT

PAGES = [ROOT / "docs" / language / "writing.md" for language in ("ko", "en")]
QUOTED = re.compile(r"^````text\n(.*?)^````$", re.M | re.S)
FROM = ("docs/*/isolation/**/*.md", "docs/pictures/*.yml", "snippets/**/*", "tests/**/*.toml")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_what_it_quotes_is_there(page: Path) -> None:
    language = page.parent.name
    texts = [
        path.read_text(encoding="utf-8", errors="replace")
        for pattern in FROM
        for path in ROOT.glob(pattern.replace("docs/*/", f"docs/{language}/"))
        if path.is_file()
    ]
    quoted = QUOTED.findall(page.read_text(encoding="utf-8"))
    assert len(quoted) == len(QUOTED.findall(PAGES[0].read_text(encoding="utf-8"))) > 5
    for quote in quoted:
        assert any(quote in text for text in texts), f"{page}: nowhere on this site:\n{quote}"
