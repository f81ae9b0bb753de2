"""Waiting for a page whose policy forbids `eval`, which Playwright's own waiting needs."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.support import PATIENCE

_MILLISECONDS = 1000 * PATIENCE
expect.set_options(timeout=_MILLISECONDS)

_WATCH = """(element, text) => {
  element.said = false
  new MutationObserver(() => { element.said ||= element.textContent.trim() === text })
    .observe(element, { childList: true, characterData: true, subtree: true })
}"""


def be_patient(context: BrowserContext) -> None:
    """A busy machine is late, not wrong: what is expected in its pages comes at last, or never."""
    context.set_default_timeout(_MILLISECONDS)


def wait_until(page: Page, expression: str) -> None:
    """Ask the page until the JavaScript expression is true. Raises AssertionError when not."""
    until = time.monotonic() + PATIENCE
    while not page.evaluate(expression):
        assert time.monotonic() < until, f"not within {PATIENCE:g} s: {expression}"
        page.wait_for_timeout(20)


@contextmanager
def says(element: Locator, text: str, timeout: float | None = None) -> Iterator[None]:
    """What is done within makes the element say it, though perhaps for a moment only."""
    element.evaluate(_WATCH, text)
    yield
    expect(element).to_have_js_property("said", value=True, timeout=timeout)
