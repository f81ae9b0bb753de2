"""Type, navigation and what is to be taken along, in a real browser."""

import base64
import os
import re
import subprocess
import sys
import zipfile
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from reading.archive import pack
from reading.fonts import fonts_in, lacking
from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from snippetlab.snippet.library import load_library
from tests.site.small import recorded_checkout
from tests.support import EPOCH, ROOT, build_site

LANGUAGES = pytest.mark.parametrize("below", ["", "en/"], ids=["ko", "en"])


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory, laboratory: Laboratory) -> Path:
    """A small one, with a history of one day."""
    checkout = recorded_checkout(tmp_path_factory.mktemp("reading") / "checkout")
    who = {
        f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    day = {f"GIT_{who}_DATE": "2024-05-06T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    for line in ("init --quiet", "add --all", "commit --quiet --message=x"):
        command = ["git", *line.split()]
        subprocess.run(command, cwd=checkout, check=True, env=os.environ | who | day)
    return checkout


@pytest.fixture(scope="module")
def offline(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Path:
    """The archive that `make offline` packs, unpacked."""
    built, unpacked = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("unpacked")
    for configuration, below in (("mkdocs.yml", "."), ("mkdocs.en.yml", "en")):
        done = build_site(
            configuration, built / below, root=checkout, OFFLINE="true", SNIPPETS="recorded"
        )
        assert done.returncode == 0, done.stderr
    archive = unpacked / "site.zip"
    pack(built, archive, int(EPOCH))
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(unpacked)
    return unpacked / "site"


@pytest.fixture(scope="session")
def fonts() -> Path:
    directory = Path(sys.prefix) / "share/fonts"
    if not fonts_in(directory):
        pytest.fail("the site's fonts are missing: make fonts", pytrace=False)
    return directory


@LANGUAGES
def test_the_fonts_have_every_glyph(below: str, site: Path, fonts: Path) -> None:
    pages = [p for p in (site / below).rglob("*.html") if below or "en" not in p.parts[:-2]]
    text = "".join(unescape(page.read_text(encoding="utf-8")) for page in pages)
    characters = frozenset(filter(str.isprintable, text))
    assert len(characters) > 90
    missing = lacking(site / below / "assets/fonts/text.woff2", characters)
    assert not missing, f"Pretendard has no glyph for {sorted(missing)}: write something else"
    letters = frozenset(map(chr, range(0x21, 0x7F)))
    assert not lacking(site / below / "assets/fonts/code.woff2", letters)


def test_drawings_bring_their_korean_letters(site: Path, fonts: Path, tmp_path: Path) -> None:
    """A picture cannot use the fonts of its page."""
    drawings = sorted((site / "assets/images").glob("*.svg"))
    assert drawings
    for drawing in drawings:
        text = drawing.read_text("utf-8")
        letters = set(re.findall("[가-힣]", "".join(re.findall(r"<text.*?</text>", text, re.S))))
        if not letters:
            continue
        found = re.search(r"url\(data:font/woff2;base64,([^)]+)\)", text)
        assert found, f"{drawing.name}: no font"
        (tmp_path / "font.woff2").write_bytes(base64.b64decode(found[1]))
        assert not lacking(tmp_path / "font.woff2", frozenset(letters)), drawing.name
        assert 'text{font:14px "Drawing",' in text, drawing.name


def test_pages_are_set_in_the_sites_fonts(page: Page, address: str, fonts: Path) -> None:
    page.goto(f"{address}/isolation/chroot/", wait_until="networkidle")
    loaded = page.evaluate(
        "[...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)"
    )
    assert {"Site Text", "Site Code"} <= {family.strip('"') for family in loaded}


def test_nothing_jumps(browser: Browser, address: str, fonts: Path) -> None:
    """Cumulative layout shift (web.dev/cls counts up to 0.1 as good), fonts arriving late."""
    page = browser.new_page()

    def late(route: Route) -> None:
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**/*.woff2", late)
    page.goto(f"{address}/isolation/namespaces/", wait_until="networkidle")
    shift = page.evaluate(
        """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries()
            .reduce((sum, entry) => sum + entry.value, 0)))
            .observe({ type: "layout-shift", buffered: true }) || setTimeout(() => done(0), 500))"""
    )
    page.close()
    assert shift < 0.1


def test_korean_breaks_between_words(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    style = "element => getComputedStyle(element).wordBreak"
    assert page.locator("article p").first.evaluate(style) == "keep-all"


def test_the_language_switch_stays_at_the_page_and_the_heading(page: Page, address: str) -> None:
    page.goto(f"{address}/isolation/chroot/#escape")
    for name, language, below in (("English", "en", "/en"), ("한국어", "ko", "")):
        page.locator(".md-header .md-select > button").hover()
        page.get_by_role("link", name=name).click()
        expect(page).to_have_url(f"{address}{below}/isolation/chroot/#escape")
        expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("/isolation/namespace/", "/isolation/namespaces/"),
        ("/docker/multistage", "/docker/multi-stage/"),
        ("/en/isolation/chrot/", "/en/isolation/chroot/"),
    ],
)
def test_what_is_not_there_brings_up_what_is(
    wrong: str, right: str, browser: Browser, address: str, site: Path
) -> None:
    page = browser.new_page()
    body = (site / "404.html").read_text(encoding="utf-8")
    page.route(
        f"**{wrong}", lambda route: route.fulfill(status=404, body=body, content_type="text/html")
    )
    page.goto(f"{address}{wrong}")
    expect(page.locator(".not-found-similar a").first).to_have_attribute("href", right)
    expect(page.locator("h1")).to_contain_text("Page not found")
    page.close()


def test_a_term_is_explained_at_its_first_mention_only(page: Page, address: str) -> None:
    page.goto(f"{address}/isolation/overlay/")
    marks = page.locator("article abbr[title]")
    texts = [text.lower() for text in marks.all_text_contents()]
    assert texts
    assert len(texts) == len(set(texts))
    marks.first.focus()
    expect(page.locator(".md-tooltip2--active, .md-tooltip--active").first).to_be_visible()


@pytest.mark.pageless
def test_edit_links_and_dates_come_from_outside(checkout: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    address = "https://example.org/fork"
    # With a slash at the end or without, as people write them.
    done = build_site(
        *("mkdocs.en.yml", site),
        root=checkout,
        SNIPPETS="recorded",
        REPO_URL=f"{address}/",
        SITE_URL=address,
        EDIT_URI="edit/main/docs/",
    )
    assert done.returncode == 0, done.stderr
    html = (site / "other/index.html").read_text(encoding="utf-8")
    assert f'href="{address}/edit/main/docs/en/other.md"' in html
    assert f'rel="canonical" href="{address}/en/other/"' in html
    assert f'hreflang="ko" href="{address}/other/"' in html
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert f"<loc>{address}/en/other/</loc>" in sitemap
    assert 'data-md-component="source"' not in html, "Material would ask the host for its stars"
    assert "6 May 2024" in html.split("md-source-file", 1)[1]


@LANGUAGES
def test_every_page_is_markdown_too(below: str, site: Path, address: str) -> None:
    listed = re.findall(r"\]\(([^)]+\.md)\)", (site / below / "llms.txt").read_text("utf-8"))
    assert len(listed) >= 5
    for link in listed:
        page = site / link.removeprefix(f"{address}/")
        text = page.read_text("utf-8")
        assert text.startswith("# ")
        assert text in (site / below / "llms-full.txt").read_text("utf-8")
    text = (site / below / "isolation/chroot.md").read_text("utf-8")
    claim = load_library(Project(ROOT)).find("isolation/chroot-inside").snippet.proves
    shown = f"{claim['en' if below else 'ko']}\n\n```text\n$ echo 'top secret' > outside.txt\n"
    assert shown in text


@LANGUAGES
def test_cards_are_there(below: str, site: Path, address: str, fonts: Path) -> None:
    html = (site / below / "isolation/chroot/index.html").read_text("utf-8")
    found = re.search(rf'og:image" content="{address}/([^"]+)"', html)
    assert found
    data = (site / found[1]).read_bytes()
    assert data.startswith(b"\x89PNG")
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (1200, 630)


@pytest.mark.pageless
@LANGUAGES
def test_search_works_from_files(below: str, offline: Path, browser: Browser) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith("file:") else complaints.append(r.url))
    page.goto(f"file://{offline}/{below}index.html")
    page.keyboard.press("s")
    page.keyboard.type("page")
    first = page.locator(".md-search-result__item > a").first
    expect(first).to_contain_text("Page in")
    first.click()
    expect(page.locator("article h1")).to_contain_text("Page in")
    page.locator(".md-header .md-select > button").hover()
    page.locator(f".md-select__link[hreflang={'ko' if below else 'en'}]").click()
    expect(page.locator("html")).to_have_attribute("lang", "ko" if below else "en")
    page.close()
    assert not complaints


def test_print_leaves_out_what_paper_cannot_use(page: Page, address: str) -> None:
    page.goto(f"{address}/isolation/chroot/")
    page.emulate_media(media="print")
    for name in (".md-header", ".md-sidebar--primary", ".md-footer"):
        expect(page.locator(name).first).to_be_hidden()
    expect(page.locator("article h1")).to_be_visible()
