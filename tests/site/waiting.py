"""Waiting for a page whose policy forbids `eval`, which Playwright's own waiting needs."""

import time

from playwright.sync_api import Page


def wait_until(page: Page, expression: str, seconds: float = 20) -> None:
    """Ask the page until the JavaScript expression is true. Raises AssertionError when not."""
    until = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < until, f"not within {seconds:g} s: {expression}"
        page.wait_for_timeout(20)
