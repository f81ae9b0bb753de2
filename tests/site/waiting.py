"""Waiting for a page whose policy forbids `eval`, which Playwright's own waiting needs."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

_WATCH = """(element, text) => {
  element.said = false
  new MutationObserver(() => { element.said ||= element.textContent.trim() === text })
    .observe(element, { childList: true, characterData: true, subtree: true })
}"""


def wait_until(page: Page, expression: str, seconds: float = 20) -> None:
    """Ask the page until the JavaScript expression is true. Raises AssertionError when not."""
    until = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < until, f"not within {seconds:g} s: {expression}"
        page.wait_for_timeout(20)


@contextmanager
def says(element: Locator, text: str, timeout: float | None = None) -> Iterator[None]:
    """What is done within makes the element say it, though perhaps for a moment only."""
    element.evaluate(_WATCH, text)
    yield
    expect(element).to_have_js_property("said", value=True, timeout=timeout)
