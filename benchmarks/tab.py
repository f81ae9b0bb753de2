"""How soon the machine in the reader's tab has its prompt after the click, in Chromium.

The site is served as hosts do it, compressed, over a connection of so many Mbit/s.
"""

import argparse
import gzip
import statistics
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.sites import ROOT
from tests.site.conftest import FLAGS, find_chromium
from tests.site.drawer import run

PAGE = "isolation/namespaces/uts/"
PACKED = (".zst", ".gz", ".woff2", ".png")
"""Files that no server compresses once more."""
_CLICK = "addEventListener('click', () => (window.clicked = Date.now()), true)"
_PROMPT = "() => performance.timeOrigin + window.times.prompt - parent.clicked"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with sync_playwright() as playwright:
        subprocess.run(["make", "-C", ROOT, "site"], check=True, stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        with _served(ROOT / "site") as address:
            for speed in (0, 100, 20, 10):
                seconds = [_prompt(browser, address, speed) for _ in range(options.rounds)]
                low, middle, high = min(seconds), statistics.median(seconds), max(seconds)
                name = f"{speed} Mbit/s" if speed else "loopback"
                print(f"{name:10} min {low:.2f} s  median {middle:.2f} s  max {high:.2f} s")
        browser.close()


def _prompt(browser: Browser, address: str, speed: int) -> float:
    """Seconds from the click to the prompt, with nothing in the browser's cache."""
    with browser.new_context() as context:
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


class _Compressing(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix not in PACKED:
            self.send_header("Content-Encoding", "gzip")
        content = _sent(path)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@cache
def _sent(path: Path) -> bytes:
    content = path.read_bytes()
    return content if path.suffix in PACKED else gzip.compress(content)


@contextmanager
def _served(site: Path) -> Iterator[str]:
    handler = partial(_Compressing, directory=site)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


if __name__ == "__main__":
    main()
