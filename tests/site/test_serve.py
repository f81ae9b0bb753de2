"""`make serve`: both languages on one address, reloading when a page or a snippet changes."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest

from snippetlab.laboratory import Laboratory
from tests.support import ROOT, snippet


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of this checkout with two pages a language and no navigation of its own."""
    for name in ("hooks", "lab"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "docs/overrides", tmp_path / "docs/overrides")
    for name in ("mkdocs.yml", "mkdocs.en.yml"):
        text = (ROOT / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text[: text.index("\nnav:")], encoding="utf-8")
    for language in ("ko", "en"):
        page = tmp_path / "docs" / language / "index.md"
        page.parent.mkdir()
        page.write_text(f"# Page in {language} {{ #page }}\n\n```snippet\na/b\n```\n")
    (tmp_path / "snippets/a").mkdir(parents=True)
    (tmp_path / "snippets/a/b.sh").write_text(snippet("echo first\n"))
    return tmp_path


@pytest.fixture
def address(checkout: Path, laboratory: Laboratory) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, str(checkout / "hooks/serve.py"), "--port", str(port)],
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": str(checkout / "hooks"), "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield f"http://127.0.0.1:{port}"
    server.send_signal(signal.SIGINT)
    assert server.wait(timeout=10) == 0


def wait_for(url: str, words: str) -> str:
    """The page at `url` as soon as it holds the words."""
    deadline = time.monotonic() + 20
    text = ""
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                text = response.read().decode()
        except urllib.error.URLError:
            text = ""
        if words in text:
            return text
        time.sleep(0.2)
    pytest.fail(f"{url} never held {words!r}; last: {text[-2000:]}")


def test_saving_a_page_or_a_snippet_reloads(checkout: Path, address: str) -> None:
    html = wait_for(f"{address}/", "<samp>first</samp>")
    wait_for(f"{address}/en/", "<samp>first</samp>")
    link = re.search(r'<a href="([^"]+)" hreflang="en"', html)
    assert link
    assert urljoin(f"{address}/", link[1]) == f"{address}/en/"
    epoch = re.search(r"livereload\((\d+)", html)
    assert epoch, "the page does not reload itself"

    (checkout / "snippets/a/b.sh").write_text(snippet("echo second\n"))
    html = wait_for(f"{address}/", "<samp>second</samp>")
    wait_for(f"{address}/en/", "<samp>second</samp>")
    assert (checkout / "snippets/a/b.out").read_text().endswith("$ echo second\nsecond\n")

    page = checkout / "docs/en/index.md"
    page.write_text(page.read_text().replace("Page in en", "Changed"))
    wait_for(f"{address}/en/", "Changed")


def test_a_broken_snippet_leaves_the_last_good_page(checkout: Path, address: str) -> None:
    wait_for(f"{address}/", "<samp>first</samp>")
    (checkout / "snippets/a/b.sh").write_text(snippet("false\n"))
    time.sleep(2)
    wait_for(f"{address}/", "<samp>first</samp>")
    (checkout / "snippets/a/b.sh").write_text(snippet("echo mended\n"))
    wait_for(f"{address}/", "<samp>mended</samp>")


def test_a_taken_port_is_said_at_once(checkout: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        line = [sys.executable, str(checkout / "hooks/serve.py"), "--port", str(port)]
        done = subprocess.run(line, cwd=checkout, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    cure = f"End what uses it, or: make serve PORT={port + 1}"
    assert done.stderr == f"port {port} is taken\n    {cure}\n"
