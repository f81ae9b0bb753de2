"""What is kept of a build changes nothing in the next one: cold and warm, sites are equal."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reading.fonts import fonts_in, subset
from reading.kept import Kept, once
from tests.site.previewing import edit, small_checkout

pytestmark = pytest.mark.pageless

_MONTHS = 40 * 24 * 3600
_PAGE = """\
# 집 { #house }

방을 나눠 쓰는 집은 좋다. [밖](https://example.org/)

- 하나

| 가 | 나 |
|---|:-:|
| 1 | 2 |
"""
_EDITS = (
    ("docs/ko/index.md", "나눠 쓰는", "빌려 쓰는"),
    ("docs/glossary.yml", "사는 곳", "머무는 곳"),
    ("docs/overrides/404.html", "<h1>", '<h1 class="gone">'),
    ("hooks/reading/glossary.py", "*self.aliases", "*self.aliases, 'home'"),
    ("hooks/reading/lemma.py", '"주다",', '"주다", "나누다", "쓰다",'),
    ("hooks/reading/mentions.py", 'tabindex="0"', 'tabindex="-1"'),
    ("hooks/reading/plain.py", 'mark = "- "', 'mark = "* "'),
    ("hooks/reading/repairs.py", 'rel="external"', 'rel="external nofollow"'),
    ("hooks/reading/search.py", '"index.md": 0.5', '"index.md": 0.4'),
    ("hooks/reading/sections.py", "section.title.strip()", "section.title.strip().upper()"),
    ("mkdocs.yml", "site_description: ", "site_description: 새 "),
)
"""Of everything that something kept is made of."""


def test_a_site_is_the_same_whatever_was_kept(tmp_path: Path) -> None:
    checkout = small_checkout(tmp_path / "checkout")
    (checkout / "snippets/a/b.sh").unlink()
    (checkout / "docs/ko/index.md").write_text(_PAGE, encoding="utf-8")
    first = _built(checkout, tmp_path / "first", tmp_path / "cache")
    for name, old, new in _EDITS:
        edit(checkout / name, old, new)
    warm = _built(checkout, tmp_path / "warm", tmp_path / "cache")
    (tmp_path / "another").mkdir()
    # To cut fonts takes longest of all, and is not what this is about.
    (tmp_path / "another/subsets").symlink_to(tmp_path / "cache/subsets")
    cold = _built(checkout, tmp_path / "cold", tmp_path / "another")
    assert warm == cold
    assert {name for name in first if first[name] != warm.get(name)} >= {
        Path(name) for name in ("index.html", "index.md", "404.html", "search/sections.json")
    }


def test_what_nobody_uses_is_forgotten(tmp_path: Path) -> None:
    """When there is something new; what is used stays."""
    kept = Kept(tmp_path, "1")
    for fact in ("used", "unused"):
        kept.of(fact, fact.upper)
    for path in tmp_path.glob("*/*"):
        os.utime(path, (time.time() - _MONTHS,) * 2)
    assert Kept(tmp_path, "1").of("used", lambda: "not read") == "USED"
    kept.of("new", lambda: "NEW")
    kept.forget()
    found = {path.read_text() for path in tmp_path.glob("*/*")}
    assert found == {'"USED"', '"NEW"'}


def test_what_cannot_be_read_or_written_is_made_anew(tmp_path: Path) -> None:
    kept = Kept(tmp_path, "1")
    kept.of("fact", lambda: ["made"])
    (path,) = tmp_path.glob("*/*")
    path.write_text('["ma')
    assert kept.of("fact", lambda: ["again"]) == ["again"]
    assert Kept(tmp_path, "2").of("fact", lambda: ["other"]) == ["other"]
    (tmp_path / "file").touch()
    assert Kept(tmp_path / "file", "1").of("fact", lambda: ["made"]) == ["made"]


def test_what_several_want_at_once_is_made_once(tmp_path: Path) -> None:
    """As both languages, built side by side, want the same font."""
    made = []

    def make() -> bytes:
        made.append(1)
        time.sleep(0.2)  # until the others want it, too
        return b"made"

    with ThreadPoolExecutor(4) as pool:
        wanted = [pool.submit(once, tmp_path / "a/b", make) for _ in range(4)]
        assert [each.result() for each in wanted] == [b"made"] * 4
    assert made == [1]


def test_a_font_is_cut_as_if_it_had_not_been_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The smaller one: the other takes seconds, in which the same is done."""
    font = next(font for font in fonts_in(Path(sys.prefix) / "share/fonts") if font.role == "code")
    said: list[str] = []
    cut = [subset(font, frozenset("abc"), tmp_path / "one", said.append) for _ in range(2)]
    assert cut[0] == cut[1]
    assert len(said) == 1, "the second is what was kept"
    monkeypatch.setattr("reading.fonts.unpacked", lambda woff2: woff2)
    assert subset(font, frozenset("abc"), tmp_path / "other", said.append) == cut[0]


def _built(checkout: Path, site: Path, cache: Path) -> dict[Path, bytes]:
    """The Korean site's files."""
    environment = {"SNIPPETLAB_CACHE": str(cache), "SOURCE_DATE_EPOCH": "1700000000"}
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)],
        cwd=checkout,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "SNIPPETS": "recorded"} | environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return {p.relative_to(site): p.read_bytes() for p in site.rglob("*") if p.is_file()}
