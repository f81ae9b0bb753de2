"""How soon what is saved is seen: this site in `make serve`, both languages open in Chromium.

From the moment a file is saved until its text stands in the tab that shows it, again and again.
"""

import argparse
import json
import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.sites import workshop
from snippetlab.project import cache_directory
from tests.site.conftest import FLAGS, find_chromium
from tests.site.previewing import Preview, edit, visit
from tests.support import copy_site

PAGE = "isolation/namespaces/uts"
SNIPPET = "snippets/isolation/uts.sh"
TERM = "- ko: 측정 {0}\n  en: measurement {0}\n  says: {{ ko: 잰다., en: It measures. }}\n"
LIMIT = 300_000
"""Milliseconds after which something is taken never to be seen."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="print what was saved → all seconds")
    options = parser.parse_args()
    took = measure(options.rounds)
    if options.json:
        print(json.dumps(took))
        return
    for name, seconds in took.items():
        low, middle, high = min(seconds), statistics.median(seconds), max(seconds)
        print(f"{name:10} min {low:.2f} s  median {middle:.2f} s  max {high:.2f} s")


def measure(rounds: int) -> dict[str, list[float]]:
    """What was saved → after how many seconds it was seen, each time."""
    took: dict[str, list[float]] = {}
    with workshop() as directory, _tabs(Path(directory)) as (checkout, korean, glossary):
        for name, (save, tab) in {
            "page": (_save_page, korean),
            "snippet": (_save_snippet, korean),
            "glossary": (_save_term, glossary),
            "navigation": (_save_title, korean),
        }.items():
            took[name] = [_seen(save(checkout, number), tab) for number in range(rounds)]
    return took


@contextmanager
def _tabs(directory: Path) -> Iterator[tuple[Path, Page, Page]]:
    """A copy of this checkout that is previewed, and two tabs: a Korean page, and all terms."""
    checkout, cache = directory / "checkout", directory / "cache"
    checkout.mkdir()
    copy_site(checkout)
    cache.mkdir()
    for path in cache_directory().iterdir():
        if path.name in ("browser", "images", "kernels", "layers", "machines", "recipes"):
            (cache / path.name).symlink_to(path)
        elif path.is_dir():
            shutil.copytree(path, cache / path.name)
        elif path.suffix != ".lock":
            shutil.copy(path, cache)
    preview = Preview(checkout, directory / "tmp", SNIPPETLAB_CACHE=str(cache))
    try:
        preview.wait()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
            korean, glossary = browser.new_page(), browser.new_page()
            for tab, where in ((korean, f"{PAGE}/"), (glossary, "en/reference/glossary/")):
                visit(tab, f"{preview.address}{where}")
                tab.locator("article h1").wait_for(timeout=LIMIT)
            _settle(preview)
            yield checkout, korean, glossary
            browser.close()
    finally:
        preview.end()


def _settle(preview: Preview) -> None:
    """Until nothing has been built for a while."""
    quiet = time.monotonic()
    while time.monotonic() - quiet < 2:
        if preview.builds:
            quiet = time.monotonic()
        time.sleep(0.1)


def _seen(text: str, tab: Page) -> float:
    began = time.perf_counter()
    tab.locator("body", has_text=text).wait_for(state="attached", timeout=LIMIT)
    took = time.perf_counter() - began
    time.sleep(5)  # what follows the first sight ends, and the next save is another
    return took


def _save_page(checkout: Path, number: int) -> str:
    text = f"Measurement {number} of a page."
    with (checkout / f"docs/ko/{PAGE}.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")
    return text


def _save_snippet(checkout: Path, number: int) -> str:
    old = "jail" if not number else f"cell-{number - 1}"
    edit(checkout / SNIPPET, f"hostname {old}\n", f"hostname cell-{number}\n")
    return f"hostname cell-{number}"


def _save_term(checkout: Path, number: int) -> str:
    with (checkout / "docs/glossary.yml").open("a", encoding="utf-8") as file:
        file.write(TERM.format(number))
    return f"measurement {number}"


def _save_title(checkout: Path, number: int) -> str:
    old = "처음" if not number else f"처음 {number - 1}"
    edit(checkout / "mkdocs.yml", f"- {old}: index.md", f"- 처음 {number}: index.md")
    return f"처음 {number}"


if __name__ == "__main__":
    main()
