"""How soon what is saved is seen in the browser, with `make serve` and both languages open.

A copy of this checkout, saved into with an ordinary write; beside the seconds, those of a processor
that the server's builds spent until it was idle again.
"""

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.sites import ROOT
from tests.site.conftest import FLAGS, find_chromium
from tests.site.previewing import Preview, edit, visit
from tests.support import wait_for

COPIED = ("docs", "hooks", "lab", "snippets", "tests/hostile")
_SNIPPET = "isolation/uts"
_SHOWN_ON = "isolation/namespaces/uts"


@dataclass(frozen=True)
class Saving:
    """`save` writes the number; then it is in what `shown` selects on `page`."""

    page: str
    save: Callable[[Path, int], None]
    shown: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as directory, sync_playwright() as playwright:
        checkout = Path(directory) / "checkout"
        for name in COPIED:
            ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
            shutil.copytree(ROOT / name, checkout / name, ignore=ignored)
        for name in ("mkdocs.yml", "mkdocs.en.yml"):
            shutil.copy(ROOT / name, checkout)
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        preview = Preview(checkout, Path(directory) / "tmp")
        try:
            preview.wait()
            tabs = browser.new_page(), browser.new_page()
            for name, saving in SAVINGS.items():
                _print(name, [_saved(preview, tabs, saving, number) for number in range(rounds)])
        finally:
            preview.end()
            browser.close()


def _saved(
    preview: Preview, tabs: tuple[Page, Page], saving: Saving, number: int
) -> tuple[float, float]:
    """Seconds until it is seen, and those of a processor until all is done."""
    for tab, below in zip(tabs, ("en/", ""), strict=True):
        visit(tab, f"{preview.address}{below}{saving.page}/")
        expect(tab.locator("h1")).to_be_visible()
    _idle(preview)
    spent, began = preview.spent, time.perf_counter()
    saving.save(preview.checkout, number)
    seen = tabs[0].locator(saving.shown).get_by_text(f"Saved {number}", exact=False)
    expect(seen.first).to_be_attached()
    seconds = time.perf_counter() - began
    _idle(preview)
    return seconds, preview.spent - spent


def _idle(preview: Preview) -> None:
    """Until nothing is built any more, and nothing begins."""

    def is_idle() -> bool:
        quiet = not preview.builds
        time.sleep(1.5)  # more than the preview rests
        return quiet and not preview.builds

    wait_for(is_idle)


def _save_page(checkout: Path, number: int) -> None:
    page = checkout / f"docs/en/{_SHOWN_ON}.md"
    _mark(page, number, "\n\nSaved {}\n")


def _save_snippet(checkout: Path, number: int) -> None:
    _mark(next(checkout.glob(f"snippets/{_SNIPPET}.*")), number, "echo Saved {}\n")


def _save_glossary(checkout: Path, number: int) -> None:
    entry = "- ko: 저장 {0}\n  en: Saved {0}\n  says: {{ ko: 저장했다., en: It was saved. }}\n"
    _mark(checkout / "docs/glossary.yml", number, "\n" + entry)


def _save_navigation(checkout: Path, number: int) -> None:
    old = f"Saved {number - 1}" if number else "Namespaces"
    edit(checkout / "mkdocs.en.yml", f"- {old}:\n", f"- Saved {number}:\n")


def _mark(path: Path, number: int, form: str) -> None:
    """At the end; in the place of the one before."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.removesuffix(form.format(number - 1)) + form.format(number), "utf-8")


SAVINGS = {
    "a page": Saving(_SHOWN_ON, _save_page, "p"),
    "a snippet": Saving(_SHOWN_ON, _save_snippet, "samp"),
    "the glossary": Saving("reference/glossary", _save_glossary, "dt"),
    "the navigation": Saving(_SHOWN_ON, _save_navigation, "nav"),
}


def _print(name: str, took: list[tuple[float, float]]) -> None:
    seconds = sorted(seconds for seconds, _ in took)
    low, middle, high = seconds[0], statistics.median(seconds), seconds[-1]
    processor = statistics.median(spent for _, spent in took)
    print(
        f"{name:15} seen after {low:5.2f} {middle:5.2f} {high:5.2f} s, "
        f"{processor:5.2f} s of a processor; load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
