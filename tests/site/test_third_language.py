"""A third language is a folder of pages, a file of words and a configuration, and no code."""

import re
from pathlib import Path

import pytest

from tests.site.small import add_german, recorded_checkout
from tests.support import build_site

pytestmark = pytest.mark.pageless


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = recorded_checkout(tmp_path_factory.mktemp("german") / "checkout")
    add_german(root)
    return root


def _built(checkout: Path, configuration: str) -> tuple[Path, str]:
    """The site, and what was said."""
    site = checkout / "built" / configuration
    done = build_site(configuration, site, root=checkout, SNIPPETS="recorded")
    assert done.returncode == 0, done.stderr
    return site, done.stderr


def test_a_german_site_is_built_without_code(checkout: Path) -> None:
    german, said = _built(checkout, "mkdocs.de.yml")
    assert re.search(r"de\.toml lacks words, which are said in English: \d+", said)
    page = (german / "index.html").read_text(encoding="utf-8")
    assert '<html lang="de"' in page
    assert "Befehle kopieren" in page
    assert "Ran as root in the namespace lab" in page  # English, where German has no words
    assert 'data-copied="Copied"' in page
    generated = (german / "verification/index.html").read_text(encoding="utf-8")
    assert "<title>Prüfung: alles" in generated
    assert "<th>Schnipsel</th><th>Claim</th>" in generated
    glossary = (german / "reference/glossary/index.html").read_text(encoding="utf-8")
    assert re.search(r"<dt [^>]*>house</dt>\s*<dd><span lang=\"ko\">집</span><br>A place", glossary)
    # The switch leads to all three, and back.
    links = re.findall(r'<a href="([^"]*)" hreflang="(\w+)" [^>]*class="md-select__link"', page)
    assert links == [("./../", "ko"), ("././", "de"), ("./../en/", "en")]


def test_other_languages_lead_there(checkout: Path) -> None:
    korean, _ = _built(checkout, "mkdocs.yml")
    page = (korean / "index.html").read_text(encoding="utf-8")
    assert re.search(r'<a href="\./\./de/" hreflang="de" lang="de"[^>]*>\s*Deutsch\s*</a>', page)
    assert "Sitemap: http://127.0.0.1:8000/de/sitemap.xml" in (korean / "robots.txt").read_text()
    missing = (korean / "404.html").read_text(encoding="utf-8")
    assert '<span lang="de">/ Seite nicht gefunden</span>' in missing
    assert "(Deutsch)" in missing
    assert missing.count("/ search</span>") == 1  # not in English once more, for German
