"""The transcript block in a real Chromium: walked by keyboard, linked to, and on a small screen."""

from playwright.sync_api import Page, expect

from tests.site.waiting import wait_until

PAGE = "isolation/namespaces"


def test_arrow_keys_walk_from_step_to_step(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    steps = page.locator("#start-container .step")
    page.locator("#start-container .transcript-steps").focus()
    for number in (0, 1, 2):
        page.keyboard.press("ArrowDown")
        expect(steps.nth(number)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(steps.nth(1)).to_be_focused()


def test_what_scrolls_sideways_can_be_reached_by_keyboard(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{address}/{PAGE}/")
    wait_until(page, "!!document.querySelector('.transcript pre[tabindex=\"0\"]')")
    unreachable = page.evaluate(
        "[...document.querySelectorAll('.transcript pre')].filter("
        "pre => pre.checkVisibility({ contentVisibilityAuto: true })"
        " && pre.scrollWidth > pre.clientWidth && pre.tabIndex !== 0).length"
    )
    assert unreachable == 0


def test_what_differs_from_run_to_run_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}/{PAGE}/")
    value = page.locator(".transcript .volatile").first
    assert "실행할 때마다 다르다" in (value.get_attribute("title") or "")
    figure = page.locator(".transcript", has=page.locator(".volatile")).first
    expect(figure.locator(".transcript-legend")).to_be_visible()
