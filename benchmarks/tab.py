"""How soon the machine in the reader's tab has its prompt after the click, in Chromium.

The site is served as hosts do it, compressed, over a connection of so many Mbit/s.
"""

import argparse
import statistics
import subprocess

from playwright.sync_api import Browser, sync_playwright

from benchmarks.sites import ROOT
from tests.site.conftest import FLAGS, find_chromium
from tests.site.drawer import run
from tests.site.serving import Compressing, served
from tests.site.waiting import be_patient

PAGE = "/isolation/namespaces/uts/"
_CLICK = "addEventListener('click', () => (window.clicked = Date.now()), true)"
_PROMPT = "() => performance.timeOrigin + window.times.prompt - parent.clicked"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with sync_playwright() as playwright:
        subprocess.run(["make", "-C", ROOT, "site"], check=True, stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        with served(ROOT / "site", Compressing) as address:
            for speed in (0, 100, 20, 10):
                seconds = [_prompt(browser, address, speed) for _ in range(options.rounds)]
                low, middle, high = min(seconds), statistics.median(seconds), max(seconds)
                name = f"{speed} Mbit/s" if speed else "loopback"
                print(f"{name:10} min {low:.2f} s  median {middle:.2f} s  max {high:.2f} s")
        browser.close()


def _prompt(browser: Browser, address: str, speed: int) -> float:
    """Seconds from the click to the prompt, with nothing in the browser's cache."""
    with browser.new_context() as context:
        be_patient(context)
        page = context.new_page()
        page.goto(address + PAGE)
        page.wait_for_load_state("networkidle")
        page.evaluate(_CLICK)
        if speed:
            bytes_per_second = speed * 125_000
            session = context.new_cdp_session(page)
            session.send("Network.enable")
            session.send(
                "Network.emulateNetworkConditions",
                {
                    "offline": False,
                    "latency": 0,
                    "downloadThroughput": bytes_per_second,
                    "uploadThroughput": bytes_per_second,
                },
            )
        frame = run(page)
        return float(frame.locator("html").evaluate(_PROMPT)) / 1000


if __name__ == "__main__":
    main()
