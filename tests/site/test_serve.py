"""`make serve`, in a browser: what is saved is seen, or what is wrong with it, with no reload.

One server and one tab for all; each test leaves the checkout so that both languages build.
"""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, expect

from snippetlab.laboratory import Laboratory
from tests.site.previewing import LIMIT, Preview, edit, eventually, leave_behind, small_checkout
from tests.support import ROOT, snippet

expect.set_options(timeout=LIMIT * 1000)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory, laboratory: Laboratory) -> Iterator[Preview]:
    directory = tmp_path_factory.mktemp("preview")
    preview = Preview(small_checkout(directory / "checkout"), directory / "tmp")
    try:
        yield preview
    finally:
        preview.end()


@pytest.fixture(scope="module")
def tab(preview: Preview, browser: Browser) -> Iterator[Page]:
    """No address is missing at any time, and the browser has nothing to complain of."""
    context = browser.new_context(locale="en")
    page = context.new_page()
    missing: list[str] = []
    page.on("response", lambda r: missing.append(r.url) if r.status == 404 else None)
    page.on("pageerror", lambda error: missing.append(str(error)))
    page.set_default_timeout(LIMIT * 1000)
    preview.wait()
    visit(page, f"{preview.address}en/")
    expect(page.locator("h1")).to_have_text("Page in en#")
    yield page
    assert missing == []
    context.close()


@pytest.fixture(autouse=True)
def begin(request: pytest.FixtureRequest) -> None:
    """On the English home page, with nothing wrong there."""
    if "tab" in request.fixturenames:
        tab, preview = request.getfixturevalue("tab"), request.getfixturevalue("preview")
        visit(tab, f"{preview.address}en/")
        expect(notice(tab)).to_have_count(0)


def notice(tab: Page) -> Locator:
    return tab.get_by_role("alert")


def visit(tab: Page, address: str) -> None:
    """As one who types an address: again, if the page reloads itself at that moment."""

    def arrived() -> bool:
        try:
            tab.goto(address)
        except Error as error:
            if not re.search("ERR_ABORTED|interrupted", str(error)):
                raise
            return False
        return True

    eventually(arrived)


def follow(tab: Page, name: str, title: str) -> None:
    """Click a link that leads to a page with this title; again, for the same reason."""

    def arrived() -> bool:
        if tab.locator("h1").inner_text().startswith(title):
            return True
        tab.get_by_role("link", name=name, exact=True).first.click()
        return False

    eventually(arrived)


def test_a_page(preview: Preview, tab: Page) -> None:
    edit(preview.checkout / "docs/en/index.md", "Page in en", "Page in English")
    expect(tab.locator("h1")).to_have_text("Page in English#")
    edit(preview.checkout / "docs/en/index.md", "Page in English", "Page in en")
    expect(tab.locator("h1")).to_have_text("Page in en#")


def test_a_snippet_is_built_once(preview: Preview, tab: Page) -> None:
    script = preview.checkout / "snippets/a/b.sh"
    before = preview.log.count("mkdocs.yml: Documentation built")
    script.write_text(snippet("echo second\n"))
    expect(tab.locator("samp")).to_have_text("second")
    assert script.with_suffix(".out").read_text().endswith("$ echo second\nsecond\n")
    test_a_page(preview, tab)  # by then the recording, too, would have been noticed
    eventually(lambda: not preview.builds)
    assert preview.log.count("mkdocs.yml: Documentation built") == before + 1

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


@pytest.mark.cure("configuration-yaml")
def test_a_configuration_that_is_no_yaml(preview: Preview, tab: Page) -> None:
    configuration = preview.checkout / "mkdocs.en.yml"
    line = configuration.read_text().count("\n")  # the last one
    edit(configuration, "  - other.md", '  - "other: other.md')
    expect(notice(tab)).to_contain_text(f"mkdocs.en.yml:{line}: ")
    expect(notice(tab)).to_contain_text("git diff mkdocs.en.yml")
    expect(tab.locator("h1")).to_have_text("Page in en#")
    edit(configuration, '  - "other: other.md', "  - other.md")
    expect(notice(tab)).to_have_count(0)


@pytest.mark.cure("preview-code")
def test_a_module_of_the_engine(preview: Preview, tab: Page) -> None:
    words = preview.checkout / "hooks/snippetlab/words.py"
    button = tab.locator(".transcript-copy")
    edit(words, '"copy": "Copy commands"', '"copy": "Take them along"')
    expect(button).to_have_text("Take them along")
    line = words.read_text()[: words.read_text().index('"Take them')].count("\n") + 1
    edit(words, '"copy": "Take them along"', '"copy": = "Copy commands"')
    expect(notice(tab)).to_contain_text(f"hooks/snippetlab/words.py:{line}: SyntaxError")
    expect(button).to_have_text("Take them along")
    edit(words, '"copy": = "Copy commands"', '"copy": "Copy commands"')
    expect(button).to_have_text("Copy commands")
    expect(notice(tab)).to_have_count(0)


@pytest.mark.cure("preview-status")
def test_a_build_that_cannot_even_begin(preview: Preview, tab: Page) -> None:
    first = preview.checkout / "hooks/preview/build.py"
    edit(first, "import json\n", "import json, not_there\n")
    expect(notice(tab)).to_contain_text("ended with status 1 and no word")
    expect(notice(tab)).to_contain_text("Mend what the terminal names")
    assert "No module named 'not_there'" in preview.log
    edit(first, "import json, not_there\n", "import json\n")
    expect(notice(tab)).to_have_count(0)


@pytest.mark.parametrize(("broken", "other"), [("en", "ko"), ("ko", "en")])
def test_a_broken_page_touches_no_other_language(
    preview: Preview, tab: Page, broken: str, other: str
) -> None:
    home = {"ko": preview.address, "en": f"{preview.address}en/"}
    docs = preview.checkout / "docs"
    visit(tab, home[broken])
    edit(docs / broken / "index.md", "a/b\n", "a/c\n")
    expect(notice(tab)).to_contain_text(f"docs/{broken}/index.md:4: unknown snippet 'a/c'")
    expect(notice(tab)).to_contain_text("Did you mean a/b?")
    # The last good page, in which one can go on, also by the browser's own loading of pages.
    expect(tab.locator("samp")).to_have_text("first")
    follow(tab, "On", f"Other in {broken}")
    expect(notice(tab)).to_have_count(1)

    visit(tab, home[other])
    expect(notice(tab)).to_have_count(0)
    edit(docs / other / "index.md", "Page in", "Still built in")
    expect(tab.locator("h1")).to_have_text(f"Still built in {other}#")
    edit(docs / other / "index.md", "Still built in", "Page in")
    expect(tab.locator("h1")).to_have_text(f"Page in {other}#")

    visit(tab, home[broken])
    expect(notice(tab)).to_have_count(1)
    edit(docs / broken / "index.md", "a/c\n", "a/b\n")
    expect(notice(tab)).to_have_count(0)


def test_a_snippet_that_fails(preview: Preview, tab: Page) -> None:
    script = preview.checkout / "snippets/a/b.sh"
    script.write_text(snippet("false\n"))
    expect(notice(tab)).to_contain_text("snippets/a/b.sh:5: ")
    expect(tab.locator("samp")).to_have_text("first")
    script.write_text(snippet("echo first\n"))
    expect(notice(tab)).to_have_count(0)


def test_a_build_that_is_killed_is_begun_again(preview: Preview, tab: Page) -> None:
    edit(preview.checkout / "docs/en/index.md", "Page in en", "Survived")
    eventually(lambda: preview.builds)
    os.kill(preview.builds[0], signal.SIGKILL)
    expect(tab.locator("h1")).to_have_text("Survived#")
    edit(preview.checkout / "docs/en/index.md", "Survived", "Page in en")
    expect(tab.locator("h1")).to_have_text("Page in en#")


@pytest.mark.cure("preview-killed")
def test_a_build_that_is_always_killed_says_so(preview: Preview, tab: Page) -> None:
    page = preview.checkout / "docs/en/index.md"
    edit(page, "Page in en", "Never")
    killed: set[int] = set()

    def twice() -> bool:
        for process in set(preview.builds) - killed:
            os.kill(process, signal.SIGKILL)
            killed.add(process)
        return len(killed) == 2

    eventually(twice)
    expect(notice(tab)).to_contain_text("Save any file")
    expect(tab.locator("h1")).to_have_text("Page in en#")
    edit(page, "Never", "Page in en")
    expect(notice(tab)).to_have_count(0)


def test_what_editors_leave_breaks_nothing(preview: Preview, tab: Page) -> None:
    left = leave_behind(preview.checkout)
    test_a_page(preview, tab)
    script = preview.checkout / "snippets/a/b.sh"
    script.write_text(snippet("echo third\n"))
    expect(tab.locator("samp")).to_have_text("third")
    script.write_text(snippet("echo first\n"))
    expect(tab.locator("samp")).to_have_text("first")
    for path in left:
        path.unlink()


def test_a_page_is_at_the_address_that_was_asked_for(preview: Preview, tab: Page) -> None:
    """`HOST=0.0.0.0`: from a container, or by another name."""
    visit(tab, f"http://localhost:{preview.port}/")
    canonical = tab.locator("link[rel=canonical]")
    expect(canonical).to_have_attribute("href", f"http://localhost:{preview.port}/")
    assert f"Serving on {preview.address}" in preview.log

    def instant() -> bool:
        """What is gone with a whole new page stays; as soon as the site knows its own pages."""
        visit(tab, f"http://localhost:{preview.port}/")
        tab.evaluate("window.same = true")
        follow(tab, "On", "Other in ko")
        return bool(tab.evaluate("window.same"))

    eventually(instant)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_at_once(tmp_path: Path, laboratory: Laboratory, number: signal.Signals) -> None:
    """And what a snippet has started with it."""
    checkout = small_checkout(tmp_path / "checkout")
    seconds = f"{os.getpid()}{number:02}"
    (checkout / "snippets/a/b.sh").write_text(snippet(f"sleep {seconds}\n", timeout=60))
    preview = Preview(checkout, tmp_path / "tmp")
    try:
        eventually(lambda: _running("sleep", seconds))
    finally:
        preview.end(number)
    eventually(lambda: not _running("sleep", seconds))
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
    done = subprocess.run(line, capture_output=True, text=True, timeout=LIMIT)
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


def _running(*line: str) -> bool:
    """Whether a process with this command line runs, in whichever namespace."""
    wanted = "\0".join(line).encode()
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if process.read_bytes().strip(b"\0") == wanted:
                return True
    return False
