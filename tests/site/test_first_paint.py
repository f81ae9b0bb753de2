"""What a browser must have before it paints text, and what it must do again after that."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from reading.sheets import write_sheets
from tests.site.conftest import paths


@pytest.fixture
def pages(site: Path) -> dict[Path, str]:
    """Each page that Material's templates make."""
    files = [site / path.strip("/") for path in paths(site)]
    files = [file if file.suffix else file / "index.html" for file in files]
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    return {file: text for file, text in texts.items() if "md-header" in text}


def test_one_style_sheet_holds_all_that_a_page_needs(pages: dict[Path, str], site: Path) -> None:
    for file, text in pages.items():
        [link] = re.findall(r'<link rel="stylesheet" href="([^"]+)">', text)
        sheet = site / link.strip("/") if link.startswith("/") else file.parent / link
        said = sheet.read_text(encoding="utf-8")
        for of in ("md-typeset__table", "@font-face", ".transcript", ".picture", ".md-copyright"):
            assert of in said, f"{of} of {link} in {file}"
        assert "data-md-color-switching] *" not in said
        for to in re.findall(r'url\("?(?!data:)([^")]+)"?\)', said):
            assert (sheet.parent / to).is_file(), f"{to} in {sheet}"


def test_no_script_is_waited_for(pages: dict[Path, str]) -> None:
    for file, text in pages.items():
        for script in re.findall(r"<script [^>]*src=[^>]*>", text):
            assert " defer " in script or 'type="module"' in script, f"{script} in {file}"


@pytest.mark.pageless
def test_sheets_are_joined_in_their_order_from_wherever_they_lie(tmp_path: Path) -> None:
    """Addresses in them lead where they led, comments go, and texts that look like either stay."""
    sheets = {
        "assets/stylesheets/a.css": '@charset "UTF-8";a{b:c}/* a */b{content:"/* b */ url(c)"}',
        "assets/fonts/f.css": '@font-face{src:url("f.woff2")}\nb{c:url( x.png )}u{v:url(data:,x)}',
        "assets/z.css": "[data-md-color-switching] *,[data-md-color-switching] :after{a:b}z{y:x}",
    }
    for name, text in sheets.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    links = {"a/b/index.html": "../../", "404.html": "/below/"}
    for name, up in links.items():
        lines = [f'<link rel="stylesheet" href="{up}{sheet}">\n' for sheet in sheets]
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("<head>\n" + "".join(lines) + "</head>\n")
    write_sheets(tmp_path, [tmp_path / name for name in links], "/below/")
    [joined] = tmp_path.glob("assets/stylesheets/all.*.css")
    assert joined.read_text() == (
        '@charset "UTF-8";a{b:c}b{content:"/* b */ url(c)"}\n'
        '@font-face{src:url("../fonts/f.woff2")}\nb{c:url( ../fonts/x.png )}u{v:url(data:,x)}\n'
        "z{y:x}\n"
    )
    for name, up in links.items():
        link = f'<link rel="stylesheet" href="{up}assets/stylesheets/{joined.name}">'
        assert (tmp_path / name).read_text().split() == f"<head> {link} </head>".split()


@pytest.mark.pages("isolation/chroot")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_who_chose_no_scheme_sees_the_systems_from_the_start(
    scheme: str, page: Page, address: str
) -> None:
    """Also before Material's bundle has come, and nothing about it changes when that does."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    bundle = re.compile(r"/bundle\.[0-9a-f]+\.min\.js$")
    held: list[Route] = []
    page.route(bundle, lambda route: held.append(route))
    page.goto(f"{address}/isolation/chroot/", wait_until="commit")
    body = page.locator("body")
    expect(body).to_have_attribute(
        "data-md-color-scheme", "slate" if scheme == "dark" else "default"
    )
    expect(page.locator("article h1")).to_be_visible()
    expect(page.locator("html")).to_have_class("js js-focus-visible")
    known = "b => Object.entries(b.dataset).filter(([name]) => name.startsWith('mdColor')).join()"
    before = body.evaluate(known)
    assert "custom" in before
    held[0].continue_()
    expect(page.locator("label[for=__palette_1]")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert body.evaluate(known) == before


@pytest.mark.pages("isolation/chroot", "isolation/freebsd-jail")
def test_a_style_sheet_is_read_once(page: Page, address: str) -> None:
    """Neither Material's script, which comes later, nor the next page reads it again."""
    page.add_init_script(
        "document.addEventListener('readystatechange',"
        " () => { document.styleSheets[0].first ??= document.readyState })"
    )
    first = "document.styleSheets.length + document.styleSheets[0].first"
    page.goto(f"{address}/isolation/chroot/", wait_until="networkidle")
    assert page.evaluate(first) == "1interactive"
    page.locator(".md-footer__link--next").click()
    expect(page).to_have_url(re.compile("/isolation/freebsd-jail/$"))
    expect(page.locator("article h1")).to_contain_text("FreeBSD")
    assert page.evaluate(first) == "1interactive"


@pytest.mark.pages("isolation/chroot")
def test_without_scripts_a_wide_page_does_not_scroll_sideways(page: Page, address: str) -> None:
    """The menu of languages is the last in the header there, as search needs a script."""
    assert page.context.browser
    with page.context.browser.new_context(java_script_enabled=False) as context:
        bare = context.new_page()
        for width in (320, 768, 1200, 1440):
            bare.set_viewport_size({"width": width, "height": 800})
            for below in ("", "en/"):
                bare.goto(f"{address}/{below}isolation/chroot/")
                wide = bare.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, f"{below or 'ko/'} at {width}"
