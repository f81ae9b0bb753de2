"""A third language is a folder of pages, a file of words and a configuration, and no code."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.previewing import small_checkout

CONFIGURATION = """\
INHERIT: mkdocs.yml
site_name: Zerlegt
site_url: http://127.0.0.1:8000/de/
docs_dir: docs/de
site_dir: site/de
theme: { language: de }
extra: { below: de/ }
plugins:
  search: { lang: de, separator: '[\\s\\-]+' }
nav:
  - index.md
  - other.md
"""
WORDS = """\
[transcript]
copy = "Befehle kopieren"

[verification]
title = "Prüfung: alles"
snippet = "Schnipsel"

[dates]
3 = "März"

[page]
language = "Deutsch"

[not-found]
title = "Seite nicht gefunden"
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = small_checkout(tmp_path_factory.mktemp("german") / "checkout")
    (root / "docs/de").mkdir()
    (root / "docs/de/index.md").write_text("# Seite { #page }\n\n```snippet\na/b\n```\n")
    (root / "docs/de/other.md").write_text("# Andere { #other }\n")
    (root / "docs/words/de.toml").write_text(WORDS, encoding="utf-8")
    (root / "mkdocs.de.yml").write_text(CONFIGURATION, encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "snippetlab", "record"],
        cwd=root,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    return root


def _built(checkout: Path, configuration: str) -> tuple[Path, str]:
    """The site, and what was said."""
    site = checkout / "built" / configuration
    line = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", configuration]
    line += ["--site-dir", str(site)]
    environment = os.environ | {"SNIPPETS": "recorded", "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [*line, "--site-dir", str(site)],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
    )
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
