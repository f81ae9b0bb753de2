"""The drawer with the machine in the tab."""

from playwright.sync_api import FrameLocator, Page

PATIENCE = 120_000
"""Milliseconds until a run has ended, on a machine that does many other things."""


def run(page: Page, snippet: str = "isolation/uts") -> FrameLocator:
    """Press its "Run here" and wait until the run has ended; the drawer's frame."""
    page.locator(f'.transcript-run[data-snippet="{snippet}"]').click()
    frame = page.frame_locator(".drawer iframe")
    frame.locator(".status.same, .status.differs, .status.failed").wait_for(timeout=PATIENCE)
    return frame
