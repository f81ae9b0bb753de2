"""A test that asks for a page that it does not name fails: seen in a real browser, and in files."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [
    pytest.mark.pages("index"),
    pytest.mark.xfail(strict=True, raises=pytest.fail.Exception, reason="not named"),
]


def test_in_a_page_of_its_own(browser: Browser, address: str) -> None:
    with browser.new_page() as page:
        page.goto(f"{address}/playground/")


def test_in_a_new_context(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        context.new_page().goto(f"{address}/playground/")


def test_by_a_link(page: Page, address: str) -> None:
    """Without loading the page anew, as readers go."""
    page.goto(f"{address}/")
    page.locator("article").get_by_role("link", name="chroot", exact=True).click()
    expect(page).to_have_url(f"{address}/isolation/chroot/")


def test_in_what_is_made_of_all_pages(site: Path) -> None:
    assert (site / "llms.txt").read_text()


def test_in_a_file(site: Path) -> None:
    assert (site / "playground/index.html").read_text()
