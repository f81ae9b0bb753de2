"""Snippets run in the reader's own tab: in a real Chromium, with a real kernel."""

import fnmatch
import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import (
    Browser,
    Page,
    Route,
    expect,
)

from tests.site.axe import violations
from tests.site.drawer import PROMPT, press, run
from tests.site.waiting import says

pytestmark = pytest.mark.pages("isolation/namespaces/uts")


def test_nothing_is_loaded_before_the_click(
    machine: dict[str, object], page: Page, address: str
) -> None:
    assert machine
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/isolation/namespaces/uts/")
    page.wait_for_load_state("networkidle")
    assert asked
    assert not [url for url in asked if "/assets/machine/" in url]
    assert page.locator("iframe").count() == 0


def test_a_snippet_runs_and_is_the_same_as_recorded(here: Page) -> None:
    frame = run(here)
    expect(frame.locator(".status")).to_have_class(re.compile("same"))
    assert "jail# hostname\njail\n" in frame.locator(".steps").inner_text().replace("\n\n", "\n")
    assert "jail# hostname" in frame.locator(".xterm-rows").inner_text()
    # No prompt of the shell's among what the steps print.
    rows = frame.locator(".xterm-rows > div").all_inner_texts()
    assert rows[:2] == ["$ hostname", "lab"]
    # Nothing of xterm's own black shows below the last row.
    ground = "element => getComputedStyle(element).backgroundColor"
    assert frame.locator(".xterm-viewport").evaluate(ground) == "rgba(0, 0, 0, 0)"


def test_a_difference_is_found_and_said(here: Page) -> None:
    def spoil(route: Route) -> None:
        job = route.fetch().json()
        job["chain"][-1]["recorded"][0]["lines"] = ["elsewhere\n"]
        route.fulfill(json=job)

    here.route("**/snippets/isolation/uts.json", spoil)
    frame = run(here)
    expect(frame.locator(".status")).to_have_class(re.compile("differs"))
    expect(frame.locator(".faults li")).to_have_count(1)
    expect(frame.locator(".faults li")).to_contain_text("elsewhere")


def test_steps_one_by_one_reset_and_copy(here: Page) -> None:
    frame = run(here)
    frame.locator("#next").click()
    expect(frame.locator(".status")).to_contain_text("다음 단계")
    before = frame.locator(".steps li").count()
    frame.locator("#next").click()
    expect(frame.locator(".steps li")).to_have_count(before + 1)
    frame.locator("#all").click()
    expect(frame.locator(".status")).to_have_class(re.compile("same"))
    with says(frame.locator("#copy"), "복사함"):
        frame.locator("#copy").click()
    copied = here.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
    assert copied.startswith("$ hostname\nlab\n$ unshare --uts bash\njail# hostname jail\n")
    assert copied.endswith("? 1\n")
    frame.locator("#reset").click()
    expect(frame.locator(".status")).to_contain_text("Linux")
    expect(frame.locator(".steps li")).to_have_count(0)


def test_one_can_type_leave_by_f6_and_come_back(here: Page) -> None:
    frame = run(here)
    for number in (6, 7):
        expect(frame.locator(PROMPT)).to_be_focused()
        here.keyboard.type(f"echo $(({number} * 7))x\n")
        expect(frame.locator(".xterm-rows")).to_contain_text(f"{number * 7}x")
        here.keyboard.press("F6")
        expect(here.locator('.transcript-run[data-snippet="isolation/uts"]')).to_be_focused()
        here.keyboard.press("F6")


@pytest.mark.pages("isolation/namespaces/uts", "isolation/namespaces/mount")
def test_the_drawer_survives_a_page_change_and_closes_without_a_trace(
    here: Page, address: str
) -> None:
    def moved(route: Route) -> None:
        """Pages load instantly only if the site map names them, and the site has moved here."""
        text = route.fetch().text()
        route.fulfill(body=re.sub(r"http://127\.0\.0\.1:\d+", address, text))

    here.route("**/sitemap.xml", moved)
    here.reload()
    frame = run(here)
    here.locator(".md-footer__link").first.click()
    here.wait_for_url(lambda url: not url.endswith("/uts/"))
    assert here.url.startswith(address)
    expect(here.locator("article h1")).not_to_have_id("uts-namespaces")  # the address comes first
    expect(frame.locator(".status")).to_have_class(re.compile("same"))
    here.keyboard.press("F6")
    expect(frame.locator(PROMPT)).to_be_focused()
    here.keyboard.press("F6")  # the button that opened it went with its page
    expect(here.locator("article h1")).to_be_focused()
    here.go_back()
    here.wait_for_url(lambda url: url.endswith("/uts/"))
    button = here.locator('.transcript-run[data-snippet="isolation/uts"]')
    expect(button).to_be_visible()
    here.keyboard.press("F6")
    expect(frame.locator(PROMPT)).to_be_focused()
    here.keyboard.press("F6")  # its like has come back
    expect(button).to_be_focused()
    here.locator(".drawer-close").click()
    assert here.locator("iframe, .drawer").count() == 0
    assert not here.locator("body").evaluate("b => b.classList.contains('drawer-open')")
    assert len(here.frames) == 1


def test_the_drawer_remembers_its_height(here: Page, address: str) -> None:
    here.set_viewport_size({"width": 1100, "height": 720})
    press(here, "isolation/uts")
    grip = here.locator(".drawer-grip")
    before = int(grip.get_attribute("aria-valuenow") or 0)
    grip.focus()
    here.keyboard.press("ArrowUp")
    expect(grip).to_have_attribute("aria-valuenow", str(before + 40))
    here.locator(".drawer-close").click()
    here.goto(f"{address}/isolation/namespaces/uts/")
    here.locator('.transcript-run[data-snippet="isolation/uts"]').click()
    expect(here.locator(".drawer-grip")).to_have_attribute("aria-valuenow", str(before + 40))


def test_it_runs_behind_a_server_that_sends_the_headers(
    machine: dict[str, object], browser: Browser, address: str, site: Path
) -> None:
    assert machine
    headers = _sent(site / "_headers")

    def send(route: Route) -> None:
        response = route.fetch()
        path = route.request.url.removeprefix(address)
        route.fulfill(response=response, headers=response.headers | headers(path))

    with browser.new_context() as context:
        context.route("**/*.html", send)
        context.route("**/uts/", send)
        page = context.new_page()
        page.goto(f"{address}/isolation/namespaces/uts/")
        frame = run(page)
        expect(frame.locator(".status")).to_have_class(re.compile("same"))
        page.close()


def _sent(path: Path) -> Callable[[str], dict[str, str]]:
    """The headers that a file `_headers` gives to a path, where rules add up and `!` takes away."""
    rules = re.findall(r"^(/\S+)\n((?: .*\n)+)", path.read_text(), re.MULTILINE)

    def headers(asked: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for pattern, lines in rules:
            if fnmatch.fnmatch(asked, pattern):
                for name, value in re.findall(r"^  ([\w-]+): (.*)$", lines, re.MULTILINE):
                    found[name.lower()] = value
                for name in re.findall(r"^  ! (.*)$", lines, re.MULTILINE):
                    del found[name.lower()]
        return found

    return headers


def test_on_a_phone_held_upright_it_fits(
    machine: dict[str, object], browser: Browser, address: str
) -> None:
    assert machine
    phone = {"width": 360, "height": 740}
    with browser.new_context(viewport=phone, has_touch=True, color_scheme="dark") as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{address}/isolation/namespaces/uts/")
        frame = run(page)
        expect(frame.locator(".status")).to_have_class(re.compile("same"))
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert frame.locator("html").evaluate("e => e.scrollWidth") <= 360
        assert frame.locator("html").get_attribute("data-scheme") == "dark"
        page.close()


def test_axe_finds_nothing_in_the_open_drawer(here: Page) -> None:
    here.emulate_media(reduced_motion="reduce")
    run(here)
    documents = here.frames
    assert len(documents) == 2
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        here.emulate_media(color_scheme=scheme)
        expect(documents[1].locator("html")).to_have_attribute("data-scheme", scheme)
        assert [violations(document) for document in documents] == [[], []]
