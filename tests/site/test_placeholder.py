"""Where no lab works: what has no recording yet is shown as such, and who will make it is said."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from snippetlab.run.laboratory import Laboratory
from tests.site.axe import violations
from tests.site.previewing import Preview, edit, small_checkout
from tests.support import build_site, snippet, wait_for

pytestmark = pytest.mark.pageless


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A new snippet without a recording, and prose that quotes it."""
    checkout = small_checkout(tmp_path / "checkout")
    values = "\n# values = { half = '(\\d+) of' }\n# ///\n"
    text = snippet("echo 21 of 42\n").replace("\n# ///\n", values)
    (checkout / "snippets/a/b.sh").write_text(text)
    page = checkout / "docs/en/index.md"
    page.write_text(f'{page.read_text()}\nHalf is [](value:a/b#half "number").\n')
    for line in ("init --quiet", "add --all", "commit --quiet --message=x"):
        _git(checkout, *line.split())
    return checkout


@pytest.mark.cure("record-elsewhere")
def test_a_placeholder_until_the_patch_is_applied(
    checkout: Path, tmp_path: Path, browser: Browser, laboratory: Laboratory
) -> None:
    nowhere = {"SNIPPETLAB_CACHE": str(tmp_path / "nowhere")}
    done = build_site("mkdocs.yml", tmp_path / "site", root=checkout, **nowhere)
    assert done.returncode
    message = "snippets/a/b.sh:1: the snippet has no recording, and the namespace lab cannot run"
    assert message in done.stderr
    command = re.search(r"`(git apply \S+)`$", done.stderr, re.MULTILINE)
    assert command
    assert "open a pull request" in done.stderr

    preview = Preview(checkout, tmp_path / "tmp", **nowhere)
    try:
        tab = browser.new_page()
        wait_for(lambda: preview.log.count("Documentation built") == 2)
        for below, title in (("", "아직 실행하지 않음"), ("en/", "Not run yet")):
            tab.goto(f"{preview.address}{below}")
            note = tab.get_by_role("note")
            expect(note).to_contain_text(title)
            expect(note).to_contain_text("the base image is missing")
            expect(note).to_contain_text(command[1])
            expect(tab.locator("kbd")).to_have_text("echo 21 of 42")
            expect(tab.locator("samp")).to_have_count(0)
            expect(tab.locator("figcaption")).to_contain_text(title)
            assert violations(tab) == []
        expect(tab.get_by_text("Half is ?.")).to_be_visible()

        _as_the_workflow_does(checkout, tmp_path)
        subprocess.run(command[1].split(), cwd=checkout, check=True)
        expect(tab.locator("samp")).to_have_text("21 of 42")
        expect(tab.get_by_text("Half is 21.")).to_be_visible()
        expect(tab.get_by_role("note")).to_have_count(0)

        edit(checkout / "snippets/a/b.sh", "echo 21 of 42", "echo 20 of 40")
        expect(tab.get_by_role("note")).to_contain_text("Changed since it ran")
        expect(tab.locator("kbd")).to_have_text("echo 20 of 40")
    finally:
        tab.close()
        preview.end()


def _as_the_workflow_does(checkout: Path, directory: Path) -> None:
    """Where a lab works, record, and offer what was recorded as `recordings.patch`."""
    clone = directory / "clone"
    _git(directory, "clone", "--quiet", str(checkout), str(clone))
    line = [sys.executable, "-m", "snippetlab", "record"]
    subprocess.run(line, cwd=clone, check=True, stdin=subprocess.DEVNULL)
    _git(clone, "add", "snippets")
    patch = _git(clone, "diff", "--cached")
    (checkout / "recordings.patch").write_text(patch)


def _git(directory: Path, *arguments: str) -> str:
    who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org"}
    who |= {"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org"}
    line = ["git", *arguments]
    done = subprocess.run(
        line, cwd=directory, env=os.environ | who, stdout=-1, text=True, check=True
    )
    return done.stdout
