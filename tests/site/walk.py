"""One visit of every page, in which all is looked at that tests want to know of every page."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

from tests.site.axe import SETTLED, violations

HERE = Path(__file__).parent
MEASURE = (HERE / "measure.js").read_text("utf-8")
FEATURES = (HERE / "features.js").read_text("utf-8")
WIDTHS = (1440, 1280, 390)
BUTTONS = """() => [...document.querySelectorAll(".transcript-run")].map((button) => [
    button.dataset.snippet,
    button.getBoundingClientRect().top
      - button.closest(".transcript-head").getBoundingClientRect().top,
    button.closest(".contrast") ? 100 : 60,
]).filter(([, far, most]) => far > most).map(([snippet]) => snippet)"""
"""JavaScript: of which snippets the button stands far below the top of its transcript's head.

Of two side by side it may stand below a claim of two lines and the mark of root.
"""
SCHEME = "document.body.dataset.mdColorScheme"
SCHEMES = {"light": "default", "dark": "slate"}
"""As Material calls them, which follows the browser's."""
ASKED = "() => performance.getEntriesByType('resource').map((entry) => entry.name)"


@dataclass(frozen=True)
class Look:
    """How a reader sees a page."""

    width: int
    height: int
    scheme: Literal["light", "dark"]

    @property
    def name(self) -> str:
        return f"{self.width} px, {self.scheme}"


LOOKS = (Look(1280, 800, "light"), Look(360, 740, "dark"))
"""Colours depend on the scheme and layout on the size; every page is seen in both of either."""


@dataclass(frozen=True)
class Visit:
    """What was found on a page."""

    path: str
    violations: dict[str, list[str]]
    """Look → what axe finds there that it could not find on a page before."""
    judged: dict[str, str]
    """Look → what axe was asked of: `document`, what is new in it, or nothing."""
    misfits: list[tuple[str, str]]
    """Kind, and where."""
    far: list[str]
    """Buttons that do not stand at the top of their transcripts."""
    asked: list[str]
    """The addresses of what the page loads."""
    complaints: list[str]


@dataclass(frozen=True)
class Known:
    """Features that axe has judged, whichever walk came upon them: files in a directory."""

    directory: Path

    def of(self, look: Look) -> list[int]:
        path = self._path(look)
        text = path.read_text("ascii") if path.is_file() else ""
        return [int(line) for line in text.rpartition("\n")[0].split()]  # another may be writing

    def add(self, look: Look, features: list[int]) -> None:
        with self._path(look).open("a", encoding="ascii") as file:
            file.write("".join(f"{feature}\n" for feature in features))

    def _path(self, look: Look) -> Path:
        return self.directory / f"judged-{look.width}-{look.scheme}"


@dataclass(frozen=True)
class Walk:
    """Through pages in a language; `whole` leaves nothing out that repeats itself."""

    browser: Browser
    address: str
    known: Known
    whole: bool = False

    def through(self, paths: list[str]) -> list[Visit]:
        with self.browser.new_context(reduced_motion="reduce") as context:
            page = context.new_page()
            complaints: list[str] = []
            page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("request", lambda r: None if self._own(r.url) else complaints.append(r.url))
            visits = []
            for path in paths:
                complaints.clear()
                visits.append(self._visit(page, path, complaints))
        return visits

    def _visit(self, page: Page, path: str, complaints: list[str]) -> Visit:
        _see(page, LOOKS[0])
        page.goto(f"{self.address}{path}")
        found, judged = {}, {}
        for look in LOOKS:
            _see(page, look)
            page.evaluate(SETTLED)
            assert page.evaluate(SCHEME) in (None, SCHEMES[look.scheme]), path
            judged[look.name], found[look.name] = self._judge(page, look)
        misfits, far = _measured(page)
        asked = page.evaluate(ASKED)
        if page.locator("[data-md-component=search]").count() and not page.workers:
            page.wait_for_event("worker")
        for worker in page.workers:  # what a worker loads is not among the document's
            asked += [worker.url, *worker.evaluate(ASKED)]
        page.keyboard.press("s")
        page.keyboard.press("Escape")
        return Visit(path, found, judged, misfits, far, asked, list(complaints))

    def _judge(self, page: Page, look: Look) -> tuple[str, list[str]]:
        """What axe could judge differently than on pages before, in JavaScript; what it finds."""
        if self.whole:
            return "document", violations(page)
        new = page.evaluate(FEATURES, self.known.of(look))
        where = str(new["where"])
        found = violations(page, where) if where else []
        self.known.add(look, new["features"])
        return where, found

    def _own(self, url: str) -> bool:
        return url.startswith((self.address, "data:", "blob:"))


def _see(page: Page, look: Look) -> None:
    page.set_viewport_size({"width": look.width, "height": look.height})
    page.emulate_media(color_scheme=look.scheme)


def _measured(page: Page) -> tuple[list[tuple[str, str]], list[str]]:
    """What does not fit, and buttons that stand far from where they should."""
    misfits, far = [], []
    page.emulate_media(color_scheme="light")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(SETTLED)
        for kind, texts in page.evaluate(MEASURE).items():
            misfits += [(kind, f"at {width} px: {text}") for text in texts]
        far += [f"at {width} px: {snippet}" for snippet in page.evaluate(BUTTONS)]
    return misfits, far
