"""Every page: no request to others, nothing against its policy, nothing for axe to find."""

import re
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.site.serving import Compressing, compressed, file_at, served
from tests.site.waiting import wait_until
from tests.site.walk import LOOKS, Look, Visit
from tests.support import wait_for

HOME, HEAVIEST = 350_000, 600_000
"""The most bytes that the first visit to the home page, and to any page, may transfer."""


def test_no_page_asks_anyone_else_or_breaks_its_policy(walked: list[Visit]) -> None:
    """No foreign requests, and no errors in the console."""
    assert not [f"{visit.path}: {text}" for visit in walked for text in visit.complaints]


def test_the_policy_forbids(browser: Browser, address: str) -> None:
    """What the policy is for: neither an injected script runs nor an injected style shows."""
    page = browser.new_page()
    page.goto(f"{address}/")
    page.evaluate(
        """() => {
            window.refused = []
            addEventListener("securitypolicyviolation", e => refused.push(e.effectiveDirective))
            const script = document.createElement("script")
            script.textContent = "window.injected = true"
            document.body.append(script)
            document.body.insertAdjacentHTML("beforeend", "<b style='color: red'>x</b>")
        }"""
    )
    wait_until(page, "refused.length === 2")
    refused = page.evaluate("[window.injected, ...refused]")
    page.close()
    assert refused == [None, "script-src-elem", "style-src-attr"]


def test_all_pages_have_one_policy(site: Path) -> None:
    pattern = r'http-equiv="Content-Security-Policy" content="([^"]+)"'
    frame = site / "assets/machine/terminal.html"  # has its own
    found = {
        re.findall(pattern, page.read_text(encoding="utf-8"))[0]
        for page in site.rglob("*.html")
        if page != frame
    }
    assert len(found) == 1
    (policy,) = found
    assert "unsafe" not in policy
    assert f"{policy}; frame-ancestors 'self'" in (site / "_headers").read_text()
    assert f"{policy}; frame-ancestors 'self'" in (site / "nginx-headers.conf").read_text()


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_axe_finds_nothing(look: Look, walked: list[Visit]) -> None:
    found = [f"{visit.path}: {text}" for visit in walked for text in visit.violations[look.name]]
    assert not found, "\n".join(found)


def test_what_a_visit_transfers(walked: list[Visit], site: Path, browser: Browser) -> None:
    """Of every page, the sum of what it loads; of the heaviest, that no more is sent indeed."""
    totals = {visit.path: _bytes(visit, site) for visit in walked}
    heaviest = max(totals, key=lambda path: totals[path])
    print(f"home {totals['/']}, heaviest {heaviest} {totals[heaviest]}")
    assert totals["/"] <= HOME
    assert totals[heaviest] <= HEAVIEST
    with served(site, Compressing) as address:
        for path in ("/", heaviest):
            Compressing.sent.clear()
            page = browser.new_page()
            page.goto(f"{address}{path}", wait_until="networkidle")
            wait_for(partial(_sent, totals[path]))
            page.close()
            assert sum(Compressing.sent.values()) == totals[path]


def _sent(total: int) -> bool:
    """On a busy machine the network may be idle before the page is."""
    return sum(Compressing.sent.values()) >= total


def _bytes(visit: Visit, site: Path) -> int:
    """Sent by a server that compresses, to who was never here."""
    files = {file_at(site, re.sub(r"^http://[^/]+", "", url)) for url in visit.asked}
    return sum(len(compressed(file)) for file in {*files, file_at(site, visit.path)})
