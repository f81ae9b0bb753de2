"""What the machine in the reader's tab takes of their memory, and that it gives it back."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.site.waiting import wait_until

pytestmark = pytest.mark.pages("isolation/namespaces/uts")

MEGABYTE = 1_000_000
MOST, MOST_LEFT = 300 * MEGABYTE, 60 * MEGABYTE
"""Bytes, over what the page takes without it: while it runs, and after it has been closed."""
_SAME = """document.querySelector('.drawer iframe').contentDocument
    ?.querySelector('.status.same') != null"""


def test_memory_is_bounded_and_given_back(
    machine: dict[str, object], browser: Browser, address: str
) -> None:
    assert machine
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/isolation/namespaces/uts/")
        before, open_ = private_memory(page), []
        for _ in range(2):
            page.locator('.transcript-run[data-snippet="isolation/uts"]').click()
            # Asked of the page, since a handle on something in the frame would keep it.
            wait_until(page, _SAME)
            open_.append(private_memory(page) - before)
            page.locator(".drawer-close").click()
        left = private_memory(page) - before
        page.close()
    assert max(open_) <= MOST, [size // MEGABYTE for size in open_]
    assert left <= MOST_LEFT, left // MEGABYTE


def private_memory(page: Page) -> int:
    """Bytes that belong to the browser's renderers alone, once they have tidied up.

    The least of a few looks: on a busy machine they take their time.
    """
    session = page.context.new_cdp_session(page)
    looks = []
    for _ in range(5):
        session.send("HeapProfiler.collectGarbage")
        page.wait_for_timeout(500)
        looks.append(sum(map(_private, _renderers(page))))
    session.detach()
    return min(looks)


def _renderers(page: Page) -> Iterator[int]:
    assert page.context.browser
    session = page.context.browser.new_browser_cdp_session()
    for process in session.send("SystemInfo.getProcessInfo")["processInfo"]:
        if process["type"] == "renderer":
            yield process["id"]
    session.detach()


def _private(process: int) -> int:
    """As the kernel counts, proc_pid_smaps_rollup(5)."""
    with contextlib.suppress(OSError):  # it may have ended
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        lines = [line.split() for line in rollup.splitlines() if line.startswith("Private_")]
        return sum(int(size) * 1024 for kind, size, _ in lines if "Hugetlb" not in kind)
    return 0
