"""Every page: no request to others, nothing against its policy, nothing for axe to find."""

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.site.axe import violations
from tests.site.serving import Compressing, served
from tests.site.waiting import wait_until

HOME, HEAVIEST = 350_000, 600_000
"""The most bytes that the first visit to the home page, and to any page, may transfer."""
PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}


def paths(site: Path) -> list[str]:
    """Every page's path on the server."""
    found = sorted(site.rglob("index.html"))
    return [f"/{page.parent.relative_to(site)}/".replace("/./", "/") for page in found]


def test_no_page_asks_anyone_else_or_breaks_its_policy(
    page: Page, address: str, site: Path
) -> None:
    """The fixture `page` fails on foreign requests and on errors in the console."""
    for path in paths(site):
        page.goto(f"{address}{path}", wait_until="load")
        page.keyboard.press("s")
        page.keyboard.press("Escape")


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


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_axe_finds_nothing(
    size: ViewportSize, scheme: Literal["dark", "light"], browser: Browser, address: str, site: Path
) -> None:
    """Colours depend on the scheme and layout on the size; every page is seen in both of either."""
    page = browser.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    found = []
    for path in [*paths(site), "/404.html"]:
        page.goto(f"{address}{path}")
        found += [f"{path}: {violation}" for violation in violations(page)]
    page.close()
    assert not found, "\n".join(found)


def test_what_a_visit_transfers(site: Path, browser: Browser) -> None:
    totals = {}
    with served(site, Compressing) as address:
        for path in paths(site):
            Compressing.sent.clear()
            page = browser.new_page()
            page.goto(f"{address}{path}", wait_until="networkidle")
            page.close()
            totals[path] = sum(Compressing.sent.values())
    heaviest = max(totals, key=lambda path: totals[path])
    print(f"home {totals['/']}, heaviest {heaviest} {totals[heaviest]}")
    assert totals["/"] <= HOME
    assert totals[heaviest] <= HEAVIEST
