"""Sites of others: two lines in their configuration, whatever their theme and language are."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from snippetlab.run.laboratory import Laboratory
from tests.site.axe import violations
from tests.site.foreign import SITES, Site
from tests.site.serving import served
from tests.site.waiting import says
from tests.support import wait_for

SHADOWLESS = ".transcript pre { background-image: none !important }"
"""Above a picture, axe knows no contrast."""
OURS = "[...document.querySelectorAll('.transcript, .chart, .value')]"


@dataclass(frozen=True)
class Served:
    site: Site
    address: str


@pytest.fixture(scope="module", params=SITES)
def built(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    laboratory: Laboratory,
) -> Iterator[Served]:
    """A site that was recorded, built with all warnings as errors, and is served."""
    root = tmp_path_factory.mktemp(request.param)
    with served(root / "site") as address:
        site = Site(root, SITES[request.param], f"{address}/")
        site.record()
        done = site.build()
        assert done.returncode == 0, done.stderr
        yield Served(site, address)


@pytest.fixture(params=["light", "dark"])
def tab(request: pytest.FixtureRequest, browser: Browser, built: Served) -> Iterator[Page]:
    """For a reader who prefers that scheme; nothing is asked of other sites, nothing complains."""
    context = browser.new_context(color_scheme=request.param)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.route(lambda url: not url.startswith(built.address), _stand_in)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda r: complaints.append(r.url) if r.status == 404 else None)
    page.goto(f"{built.address}/")
    yield page
    context.close()
    assert not complaints


def _stand_in(route: Route) -> None:
    """For what a theme loads from elsewhere; its highlighter is asked at once."""
    script = "window.hljs = { highlightAll() {} }"
    is_script = route.request.url.endswith(".js")
    route.fulfill(body=script if is_script else "", content_type="text/javascript")


def _walk_to_the_first_step(tab: Page) -> None:
    """A theme that goes to a part of a page takes the focus once more, after all is there."""
    steps = tab.locator("#demo-hello .transcript-steps")
    expect(steps).to_have_attribute("tabindex", "0")  # the script has seen it, and it takes focus
    first = steps.locator(".step").first

    def has_arrived() -> object:
        steps.focus()
        tab.keyboard.press("ArrowDown")
        return first.evaluate("step => step === document.activeElement")

    wait_for(has_arrived)


def test_a_page_shows_all_of_it(tab: Page, built: Served) -> None:
    site = built.site
    expect(tab.locator("data.value")).to_have_text(["1,234", "1,234"])
    expect(tab.locator(".chart .chart-figure")).to_have_text(["1,234", "4,321"])
    transcript = tab.locator("#demo-hello")
    assert transcript.locator(".step-command").first.inner_text().startswith("$ printf ")
    assert tab.locator("li .transcript samp").inner_text() == "42 True text"
    # What is none of ours is as it was.
    own = tab.locator("pre > code", has_text="of the page's own")
    expect(own).to_have_count(1)

    note = transcript.locator('[data-step="count"] > .step-note')
    expect(note).to_have_text("Note 1 It counts lines, as there, of which there are 1,234.")
    leads = [one.evaluate("a => a.href") for one in note.locator("a").all()]
    assert leads == [f"{built.address}/guide/other/#demo-hello-count"]
    link = tab.get_by_role("link", name="note 1")
    assert link.evaluate("a => document.querySelector(a.hash).matches('.step-note')")

    copy = transcript.locator(".transcript-copy")
    expect(copy).to_have_text(site.foreign.copy)
    with says(copy, "Copied"):
        copy.click()
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("seq 1234 | wc -l\nseq 40\nls /nowhere\n")
    assert "$ " not in copied

    folded = transcript.locator("details")
    expect(folded.locator("pre")).to_be_hidden()
    folded.locator("summary").click()
    expect(folded.locator("pre")).to_be_visible()
    _walk_to_the_first_step(tab)

    with tab.expect_download() as download:
        transcript.locator("a[download]").click()
    source = site.root / "snippets/demo/hello.sh"
    assert download.value.path().read_bytes() == source.read_bytes()


def test_both_schemes_can_be_read(tab: Page, built: Served) -> None:
    for path in ("", "guide/other/"):
        tab.goto(f"{built.address}/{path}")
        tab.add_style_tag(content=SHADOWLESS)
        for summary in tab.locator(".transcript summary").all():
            summary.click()
        assert violations(tab, OURS) == []
        ground = tab.evaluate("getComputedStyle(document.querySelector('.transcript')).background")
        prefers = tab.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        is_dark = {"auto": prefers, "dark": True, "light": False}[built.site.foreign.scheme]
        assert ("rgb(21, 28, 36)" in ground) == is_dark


def test_a_page_that_comes_instantly_has_them_too(tab: Page, built: Served) -> None:
    """A click on a link within the site, whether it loads a page or a part of one."""
    tab.goto(f"{built.address}/guide/other/")
    tab.locator('a:not(.step-link)[href$="#demo-hello-count"]').click()
    expect(tab.locator("#demo-hello")).to_be_visible()
    _walk_to_the_first_step(tab)
    tab.locator("#demo-hello .transcript-copy").click()
    expect(tab.locator("#demo-hello .transcript-copy")).not_to_have_text(built.site.foreign.copy)
