"""The switch between versions of a lab, in a real Chromium: with and without scripts, on paper."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.engine.versions import RECIPES, REGISTERING, versioned
from tests.site.axe import violations
from tests.site.foreign import DEFAULT, ZENSICAL, Foreign, Site
from tests.site.serving import served
from tests.support import ROOT

INSTANT = Foreign(
    "instant",
    """
  name: material
  font: false
  features: [navigation.instant]
  palette: { scheme: default }""",
)
WHY = '{ kind = "store", en = "Version 2 keeps `images` elsewhere." }'
PAGE = """\
# Home

```snippet
a/store
note kept: Said of all.
note kept@1: Said of the old one.
```

[Second](second.md)
[Into the old version](second.md#a-size-1-size)
"""
SECOND = """\
# Second

```snippet
a/size
```

```snippet
a/same
```

[Home](index.md)
"""


@dataclass(frozen=True)
class Built:
    site: Path
    address: str


class Versioned(Site):
    """With these labs, and the tests' module that opens them."""

    @property
    def environment(self) -> dict[str, str]:
        own = super().environment
        return own | {"PYTHONPATH": os.pathsep.join((own["PYTHONPATH"], str(ROOT)))}


def build(root: Path, foreign: Foreign, address: str) -> Path:
    site = Versioned(root, foreign, f"{address}/")
    shutil.rmtree(root / "snippets")
    shutil.rmtree(root / "docs/guide")
    site.write("installed/sitecustomize.py", REGISTERING)
    site.write("docs/index.md", PAGE)
    site.write("docs/second.md", SECOND)
    code = "# step: moon\necho moon\n# step: kept\nstore\n"
    site.write("snippets/a/store.sh", versioned(code, differs=WHY))
    site.write("snippets/a/size.sh", versioned("# step: size\nsize\n", differs=WHY))
    site.write("snippets/a/same.sh", versioned("echo moon\n"))
    for name, recipe in RECIPES.items():
        site.write(f"lab/{name}.toml", recipe)
    for name in RECIPES:
        assert site.run("snippetlab", "lab", "build", name).returncode == 0
    site.record()
    done = site.build()
    assert done.returncode == 0, done.stdout + done.stderr
    return site.built


@pytest.fixture(scope="module", params=[INSTANT, ZENSICAL, DEFAULT], ids=lambda one: one.name)
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Built]:
    root = tmp_path_factory.mktemp(request.param.name)
    with served(root / "site") as address:
        yield Built(build(root, request.param, address), address)


@pytest.fixture(scope="module")
def instant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    root = tmp_path_factory.mktemp("instant")
    with served(root / "site") as address:
        yield Built(build(root, INSTANT, address), address)


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def switch(figure: Locator, version: str) -> Locator:
    return figure.locator(f'.transcript-versions input[value="{version}"]')


def panel(figure: Locator, version: str) -> Locator:
    return figure.locator(f'.transcript-version[data-version="{version}"]')


def shows(page: Page, id_: str, version: str) -> None:
    """That transcript shows that version, and the other is not there for anybody."""
    figure = page.locator(f"#{id_}")
    for one in "12":
        expect(panel(figure, one)).to_be_visible(visible=one == version)


def test_a_click_shows_the_other_version_on_any_host(built: Built, tab: Page) -> None:
    tab.goto(f"{built.address}/")
    shows(tab, "a-store", "2")
    figure = tab.locator("#a-store")
    expect(figure.locator("p.transcript-version-name").first).to_be_hidden()
    expect(figure.locator(".transcript-why")).to_contain_text("keeps images elsewhere")
    figure.locator(".transcript-versions label", has_text="1").last.click()
    shows(tab, "a-store", "1")
    expect(panel(figure, "1").locator("mark")).to_contain_text("layers")
    expect(panel(figure, "1")).to_contain_text("Said of the old one.")
    tab.goto(f"{built.address}/second/")
    shows(tab, "a-size", "1")


def test_a_choice_is_kept_from_page_to_page(instant: Built, tab: Page) -> None:
    tab.goto(f"{instant.address}/second/")
    expect(tab.locator("#a-same .transcript-same")).to_have_text("the same in toy 1")
    switch(tab.locator("#a-size"), "1").check(force=True)
    shows(tab, "a-size", "1")
    tab.evaluate("window.stays = true")
    tab.get_by_role("link", name="Home").last.click()
    expect(tab.locator("h1")).to_contain_text("Home")
    shows(tab, "a-store", "1")
    assert tab.evaluate("window.stays"), "the page was loaded anew, not instantly"
    tab.reload()
    shows(tab, "a-store", "1")


def test_the_keyboard_switches_and_a_reader_hears_what_it_is(instant: Built, tab: Page) -> None:
    tab.goto(f"{instant.address}/")
    group = tab.get_by_role("radiogroup", name="Version of toy")
    first = group.get_by_role("radio", name="toy 2")
    first.focus()
    tab.keyboard.press("ArrowRight")
    expect(group.get_by_role("radio", name="1", exact=True)).to_be_checked()
    shows(tab, "a-store", "1")
    tab.keyboard.press("ArrowLeft")
    shows(tab, "a-store", "2")
    expect(tab.get_by_role("group", name="toy 2")).to_be_visible()


def test_a_link_into_a_version_shows_it(instant: Built, tab: Page) -> None:
    tab.goto(f"{instant.address}/second/#a-size-1-size")
    shows(tab, "a-size", "1")
    expect(tab.locator("#a-size-1-size")).to_be_in_viewport()
    tab.goto(f"{instant.address}/")
    shows(tab, "a-store", "2")
    tab.get_by_role("link", name="Into the old version").click()
    shows(tab, "a-size", "1")


def test_it_works_without_scripts(instant: Built, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{instant.address}/")
    shows(page, "a-store", "2")
    page.locator("#a-store .transcript-versions label").last.click()
    shows(page, "a-store", "1")
    context.close()


def test_where_nothing_may_be_kept_the_choice_holds_until_the_page_is_left(
    instant: Built, tab: Page
) -> None:
    tab.add_init_script("Storage.prototype.setItem = () => { throw new Error('full') }")
    tab.goto(f"{instant.address}/")
    switch(tab.locator("#a-store"), "1").check(force=True)
    shows(tab, "a-store", "1")
    tab.get_by_role("link", name="Second").last.click()
    shows(tab, "a-size", "1")


def test_on_paper_all_versions_stand_in_a_row_with_their_labels(instant: Built, tab: Page) -> None:
    tab.goto(f"{instant.address}/")
    tab.emulate_media(media="print")
    figure = tab.locator("#a-store")
    expect(figure.locator(".transcript-versions")).to_be_hidden()
    expect(figure.locator("p.transcript-version-name")).to_have_text(["toy 2", "toy 1"])
    for version in "12":
        expect(panel(figure, version)).to_be_visible()


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_and_everybody_can_use_it(
    scheme: str, width: int, instant: Built, tab: Page
) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{instant.address}/")
    tab.evaluate(f"document.body.setAttribute('data-md-color-scheme', '{scheme}')")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    for label in tab.locator(".transcript-versions label").all():
        box = label.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
    for version in "21":
        switch(tab.locator("#a-store"), version).check(force=True)
        assert violations(tab, "[document.querySelector('#a-store')]") == []


def test_a_switch_stays_where_the_reader_sees_it(instant: Built, tab: Page) -> None:
    """Another one above may become longer."""
    tab.set_viewport_size({"width": 800, "height": 300})
    tab.goto(f"{instant.address}/second/")
    tab.evaluate(
        "const figure = document.querySelector('#a-size');"
        "const above = figure.cloneNode(true);"
        "above.querySelectorAll('input').forEach((one) => (one.name = 'above'));"
        "above.querySelector('[data-version=\"1\"]').style.paddingTop = '500px';"
        "figure.before(above)"
    )
    group = tab.locator("#a-size .transcript-versions").last
    group.scroll_into_view_if_needed()
    before = group.bounding_box()
    group.locator("label").last.click()
    tab.wait_for_timeout(500)
    after = group.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 2
