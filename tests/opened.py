"""Fails a test, or a file of tests, that reads a page of this checkout that it does not name.

What it may read is in tests/affected.py. Seen is what Python opens, here and in a site that was
built for tests, and what Chromium asks for; of Firefox, what a test opens there; not what other
programs open.
"""

import os
import sys
from collections.abc import Callable, Generator
from functools import wraps
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.affected import ALL, address_of, is_page, reads
from tests.support import ROOT

ASKED = "tests.asked"
"""The event that tells of an address of the site that a browser asks for."""
_ANY = ("_headers", "assets", "snippets")
"""Parts of a built site that no page is in, nor made of pages."""
_read: list[tuple[str, str]] = []
"""What was read since somebody looked, and the addresses of the pages that these are."""


def asked(url: str, site: str) -> None:
    """Tell that a browser asks for something; it counts if it is a page of the site there."""
    if url.startswith(f"{site}/"):
        sys.audit(ASKED, urlsplit(url).path)


def tell(browser: Any, site: str) -> None:
    """Let one of Playwright's tell whatever its pages ask for, from now on."""
    in_each_context(
        browser, lambda context: context.on("request", lambda request: asked(request.url, site))
    )


def in_each_context(browser: Any, begin: Callable[[Any], object]) -> None:
    """Let each context begin so that one of Playwright's makes from now on, also with a page."""

    def beginning(make: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(make)
        def made(**options: Any) -> Any:
            new = make(**options)
            begin(getattr(new, "context", new))
            return new

        return made

    for name in ("new_context", "new_page"):
        setattr(browser, name, beginning(getattr(browser, name)))


class Opened:
    """Holds tests to what they say; `shared` is the directory where sites are built for them."""

    def __init__(self, shared: Path) -> None:
        self._built = f"{shared}/site/"
        sys.addaudithook(self._note)

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        _read.clear()
        report = yield
        if isinstance(collector, pytest.Module) and (complaint := _complaint(collector)):
            report.outcome, report.longrepr = "failed", complaint
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self) -> Generator[None, object, object]:
        _read.clear()
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, None, None]:
        yield
        if complaint := _complaint(item):
            pytest.fail(complaint, pytrace=False)

    def _note(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == ASKED:
            path = str(arguments[0]).lstrip("/")
            if path.endswith(("/", "index.html")) or not path:
                _read.append((f"/{path}", _address(path)))
            return
        if event not in ("open", "snippetlab.read") or not isinstance(arguments[0], str | bytes):
            return
        path = os.fsdecode(arguments[0])
        if path.startswith(self._built):
            below = path.removeprefix(self._built)
            address = _address(below)
            # What serves the site here reads for any page what is made of all: site map and search.
            ours = address != ALL or current_thread() is main_thread()
            if ours and below.removeprefix("en/").partition("/")[0] not in _ANY:
                _read.append((f"{below} of the site", address))
            return
        if "docs" not in path and not path.endswith(".md"):
            return
        # A name alone may be one in another directory (dir_fd); see hooks/snippetlab/checkout.py.
        if "/" not in path and not os.path.lexists(path):
            return
        path = os.path.abspath(path)  # noqa: PTH100 (links are not followed)
        if path.startswith(f"{ROOT}/") and is_page(name := path[len(f"{ROOT}/") :]):
            _read.append((name, address_of(name)))


def _address(path: str) -> str:
    """Of what lies at a path of a built site; ALL for what is made of all pages."""
    page = path.removeprefix("en/").removesuffix("index.html").strip("/")
    return ALL if "." in page else page or "index"


def _complaint(reader: pytest.Item | pytest.Module) -> str:
    """What is to be said of a reader that has read more than it names; empty if it has not."""
    named = reads(reader)
    wrong = [] if ALL in named else [name for name, address in _read if address not in named]
    if not wrong or reader.get_closest_marker("material"):
        return ""
    return (
        f"this reads a page that it does not name, {wrong[0]}, and is not run"
        " where only it changes.\n"
        "    Give it a page of its own, or let its mark `pages` name that one (tests/affected.py)."
    )
