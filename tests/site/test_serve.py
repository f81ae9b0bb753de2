"""`make serve`, in a browser: what is saved is seen, and nobody has to reload anything.

One server and one tab for all; each test leaves the checkout so that both languages build.
"""

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

from snippetlab.run.laboratory import Laboratory
from tests.site.previewing import (
    Preview,
    edit,
    follow,
    notice,
    small_checkout,
    visit,
)
from tests.support import PATIENCE, ROOT, is_running, snippet, wait_for

pytestmark = pytest.mark.pageless


def test_a_page(preview: Preview, tab: Page) -> None:
    edit(preview.checkout / "docs/en/index.md", "Page in en", "Page in English")
    expect(tab.locator("h1")).to_have_text("Page in English#")
    edit(preview.checkout / "docs/en/index.md", "Page in English", "Page in en")
    expect(tab.locator("h1")).to_have_text("Page in en#")


def test_only_pages_of_what_changed_are_loaded_anew(preview: Preview, tab: Page) -> None:
    homes = [preview.address, f"{preview.address}en/"]
    for home in reversed(homes):
        visit(tab, home)
        expect(tab.locator("h1")).to_contain_text("Page in")

    def news() -> list[int]:
        """As the script in a page asks for it."""
        address = f"{preview.address}livereload/0/1"
        asked = (tab.request.get(address, headers={"Referer": home}) for home in homes)
        return [int(answer.text()) for answer in asked]

    ko, en = news()
    visit(tab, homes[1])
    test_a_page(preview, tab)
    assert (news()[0], news()[1] > en) == (ko, True)


def test_what_other_pages_make_of_a_page(preview: Preview, tab: Page) -> None:
    """The page itself is there first; nobody has to reload the others either."""
    page = preview.checkout / "docs/en/index.md"
    visit(tab, f"{preview.address}en/other/")
    previous = tab.locator(".md-footer__link--prev")
    edit(page, "# Page in en", "# Page anew")
    expect(previous).to_contain_text("Page anew")
    edit(page, "# Page anew", "# Page in en")
    expect(previous).to_contain_text("Page in en")


def test_search_finds_all_pages_after_one_was_saved(preview: Preview, tab: Page) -> None:
    test_a_page(preview, tab)
    found = tab.request.get(f"{preview.address}en/search/sections.json").json()
    assert {doc["location"] for doc in found["docs"]} >= {"", "other/"}
    # Nor is anything made that only readers of the real site need.
    for name in ("index.md", "llms.txt", "assets/cards/index.png"):
        assert not tab.request.get(f"{preview.address}en/{name}").ok


def test_a_snippet_is_built_once(preview: Preview, tab: Page) -> None:
    script = preview.checkout / "snippets/a/b.sh"
    before = len(preview.log)
    script.write_text(snippet("echo second\n"))
    expect(tab.locator("samp")).to_have_text("second")
    assert script.with_suffix(".out").read_text().endswith("$ echo second\nsecond\n")
    test_a_page(preview, tab)  # by then the recording, too, would have been noticed
    wait_for(lambda: not preview.builds)
    changes = re.findall("changed: (.*)", preview.log[before:])
    assert any("b.sh" in names for names in changes)
    assert not any("b.out" in names for names in changes), changes

    script.write_text(snippet("echo first\n"))
    expect(tab.locator("samp")).to_have_text("first")


def test_a_style_sheet(preview: Preview, tab: Page) -> None:
    sheet = preview.checkout / "docs/overrides/assets/stylesheets/site.css"
    old = sheet.read_text()
    sheet.write_text(f"{old}\n.md-typeset h1 {{ color: rgb(1, 2, 3) }}\n")
    expect(tab.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    sheet.write_text(old)
    expect(tab.locator("h1")).not_to_have_css("color", "rgb(1, 2, 3)")


def test_the_glossary(preview: Preview, tab: Page) -> None:
    glossary = preview.checkout / "docs/glossary.yml"
    visit(tab, f"{preview.address}en/reference/glossary/")
    expect(tab.get_by_text("A place to live.")).to_be_visible()
    edit(glossary, "A place to live", "Where one lives")
    expect(tab.get_by_text("Where one lives.")).to_be_visible()

    edit(glossary, "en: house", "en house")
    expect(notice(tab)).to_contain_text("docs/glossary.yml:2: ")
    expect(tab.get_by_text("Where one lives.")).to_be_visible()
    edit(glossary, "en house", "en: house")
    expect(notice(tab)).to_have_count(0)


def test_an_address_that_comes_to_be(preview: Preview, tab: Page) -> None:
    """Who has asked too early need not ask again."""
    early = tab.context.new_page()
    early.goto(f"{preview.address}en/soon/")
    expect(early.locator("#not-found")).to_be_visible()
    page = preview.checkout / "docs/en/soon.md"
    page.write_text("# Soon { #soon }\n")
    expect(early.locator("h1")).to_have_text("Soon#")
    page.unlink()
    expect(early.locator("#not-found")).to_be_visible()
    early.close()


def test_the_navigation(preview: Preview, tab: Page) -> None:
    page, configuration = preview.checkout / "docs/en/new.md", preview.checkout / "mkdocs.en.yml"
    page.write_text("# A new page { #new }\n")
    edit(configuration, "  - other.md", "  - other.md\n  - Quite new: new.md")
    expect(tab.get_by_role("link", name="Quite new").first).to_be_visible()
    follow(tab, "Quite new", "A new page")
    edit(configuration, "\n  - Quite new: new.md", "")
    expect(tab.get_by_role("link", name="Quite new")).to_have_count(0)
    page.unlink()


def test_a_page_is_at_the_address_that_was_asked_for(preview: Preview, tab: Page) -> None:
    """`HOST=0.0.0.0`: from a container, or by another name."""
    visit(tab, f"http://localhost:{preview.port}/")
    canonical = tab.locator("link[rel=canonical]")
    expect(canonical).to_have_attribute("href", f"http://localhost:{preview.port}/")
    assert f"Serving on {preview.address}" in preview.log

    def instant() -> bool:
        """What is gone with a whole new page stays; as soon as the site knows its own pages."""
        visit(tab, f"http://localhost:{preview.port}/")
        with suppress(Error):  # it was loaded anew, since something else was built meanwhile
            tab.evaluate("window.same = true")
            follow(tab, "On", "Other in ko")
            return bool(tab.evaluate("window.same"))
        return False

    wait_for(instant)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_at_once(tmp_path: Path, laboratory: Laboratory, number: signal.Signals) -> None:
    """And what a snippet has started with it."""
    checkout = small_checkout(tmp_path / "checkout")
    seconds = f"{os.getpid()}{number:02}"
    (checkout / "snippets/a/b.sh").write_text(snippet(f"sleep {seconds}\n", timeout=60))
    preview = Preview(checkout, tmp_path / "tmp")
    try:
        wait_for(lambda: is_running(f"sleep {seconds}"))
    finally:
        preview.end(number)
    wait_for(lambda: not is_running(f"sleep {seconds}"))
    assert not (checkout / "snippets/a/b.out").exists()


@pytest.mark.cure("port-taken")
def test_a_taken_port_is_said_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        done = _serve(f"--port={port}")
    assert done.stderr.startswith(f"port {port} is taken\n    ")
    free = re.search(r"PORT=(\d+)", done.stderr)
    assert free
    assert _begins(f"--port={free[1]}")


@pytest.mark.cure("address")
def test_a_host_that_is_none_is_said_at_once() -> None:
    done = _serve("--host=192.0.2.7", "--port=0")
    assert done.stderr.startswith("cannot be at 192.0.2.7, port 0: ")
    found = re.search(r"HOST=([\d.]+)", done.stderr)
    assert found
    assert _begins(f"--host={found[1]}")


def _serve(*arguments: str) -> "subprocess.CompletedProcess[str]":
    line = [sys.executable, str(ROOT / "hooks/serve.py"), *arguments]
    done = subprocess.run(line, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 1
    return done


def _begins(*arguments: str) -> bool:
    """Whether it serves when called so; ended at once."""
    if not any(argument.startswith("--port") for argument in arguments):
        arguments = (*arguments, "--port=0")
    line = [sys.executable, str(ROOT / "hooks/serve.py"), *arguments]
    with subprocess.Popen(line, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        began = any("Serving on" in said for said in server.stderr)
        server.terminate()
        server.stderr.read()
    return began and server.returncode == 0
