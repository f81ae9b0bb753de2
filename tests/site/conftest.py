"""The real site, built once, served on loopback and opened in a real browser."""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from snippetlab.project import Project
from snippetlab.run.laboratory import Laboratory
from tests.opened import in_each_context, tell
from tests.sharing import Shared
from tests.site.building import built, chosen
from tests.site.previewing import Preview, notice, small_checkout, visit
from tests.site.small import SmallSite
from tests.site.waiting import be_patient
from tests.site.walk import Known, Visit, Walk
from tests.support import Write

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def find_chromium() -> str | None:
    """Its path."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="session")
def site(shared: Shared) -> Path:
    """Both languages, built once a run as `make site` does, for the address where they are served.

    Otherwise pages would not be loaded instantly, as they are for readers.
    """
    return built(shared)


def paths(site: Path) -> list[str]:
    """Every page's path on the server, and that of what is not there."""
    found = sorted(site.rglob("index.html"))
    below = [f"/{page.parent.relative_to(site)}/".replace("/./", "/") for page in found]
    return [*below, "/404.html"]


@pytest.fixture
def small(project: Project, write: Write, laboratory: Laboratory) -> SmallSite:
    """A site of one page, with a snippet to be written."""
    return SmallSite(project, write, laboratory)


@pytest.fixture(scope="session")
def address(shared: Shared, site: Path) -> str:
    """Where the site is served."""
    assert site
    return shared.address


@pytest.fixture(scope="session")
def machine(site: Path) -> dict[str, object]:
    """What the site says of the machine in the tab. Without one tests fail, unless allowed."""
    path = site / "assets/machine/machine.json"
    if path.is_file():
        found: dict[str, object] = json.loads(path.read_text())
        return found
    if os.environ.get("ALLOW_MISSING_LAB"):
        pytest.skip("ALLOW_MISSING_LAB is set, and the site has no machine")
    pytest.fail("the site has no machine: snippetlab lab build browser", pytrace=False)


@pytest.fixture(scope="session")
def browser(shared: Shared) -> Iterator[Browser]:
    """It tells which pages of the site a test asks for (tests/opened.py)."""
    if not (found := find_chromium()):
        pytest.fail("no Chromium: sudo apt-get install chromium", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        tell(browser, shared.address)
        in_each_context(browser, be_patient)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def walked(
    shared: Shared, site: Path, browser: Browser, address: str, pytestconfig: pytest.Config
) -> list[Visit]:
    """A visit of every page, in both languages: a worker each, if two of them ask for it.

    What was judged in one language is known in the other.

    Where only pages changed, of those that tests/site/chosen.py chooses.
    """
    pages = paths(site)
    assert len(pages) > 100
    whole = pytestconfig.getoption("--whole")
    if (affected := pytestconfig.pluginmanager.get_plugin("affected")) and not whole:
        pages = chosen(shared, site, pages, affected.base)

    def walk(file: Path, name: str) -> None:
        part = [path for path in pages if path.startswith("/en/") == (name == "walk-en")]
        visits = Walk(browser, address, Known(shared.directory), whole).through(part)
        file.write_text(json.dumps([asdict(visit) for visit in visits]), encoding="utf-8")

    files = shared.parts(["walk-ko", "walk-en"], walk)
    return [Visit(**visit) for file in files for visit in json.loads(file.read_text("utf-8"))]


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A fresh page; it fails the test if the site asks anyone else or logs an error."""
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda r: None if _own(r.url, address) else complaints.append(r.url))
    yield page
    context.close()
    assert not complaints


@pytest.fixture
def here(machine: dict[str, object], page: Page, address: str) -> Page:
    """The page on UTS namespaces; whatever is open in the end is closed."""
    assert machine
    page.goto(f"{address}/isolation/namespaces/uts/")
    return page


@pytest.fixture(scope="session")
def preview(tmp_path_factory: pytest.TempPathFactory, laboratory: Laboratory) -> Iterator[Preview]:
    """`make serve` in a small checkout."""
    directory = tmp_path_factory.mktemp("preview")
    preview = Preview(small_checkout(directory / "checkout"), directory / "tmp")
    try:
        yield preview
    finally:
        preview.end()


@pytest.fixture(scope="session")
def _tab(preview: Preview, browser: Browser) -> Iterator[Page]:
    """Of a browser that is never told of a missing page, whatever is saved meanwhile."""
    context = browser.new_context()
    page = context.new_page()
    wrong: list[str] = []
    page.on("response", lambda r: wrong.append(r.url) if r.status == 404 else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    preview.wait()
    yield page
    context.close()
    assert wrong == []


@pytest.fixture
def tab(preview: Preview, _tab: Page) -> Page:
    """The preview's English home page, with nothing wrong there."""
    visit(_tab, f"{preview.address}en/")
    expect(_tab.locator("h1")).to_have_text("Page in en#")
    expect(notice(_tab)).to_have_count(0)
    return _tab


def _own(url: str, address: str) -> bool:
    return url.startswith((address, "data:", "blob:"))
