"""`make serve`, in a browser: what is wrong is said in the last good page, until it is mended."""

import os
import signal

import pytest
from playwright.sync_api import Page, expect

from tests.site.previewing import (
    Preview,
    edit,
    follow,
    leave_behind,
    notice,
    visit,
)
from tests.support import snippet, wait_for

pytestmark = pytest.mark.pageless


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
    module = preview.checkout / "hooks/snippetlab/show/caption.py"
    button = tab.locator(".transcript-copy")
    line = module.read_text()[: module.read_text().index("import re\n")].count("\n") + 1
    edit(module, "import re\n", "import = re\n")
    expect(notice(tab)).to_contain_text(f"hooks/snippetlab/show/caption.py:{line}: SyntaxError")
    expect(button).to_have_text("Copy commands")
    edit(module, "import = re\n", "import re\n")
    expect(notice(tab)).to_have_count(0)


def test_words(preview: Preview, tab: Page) -> None:
    words = preview.checkout / "docs/words/en.toml"
    before = words.read_text()
    button = tab.locator(".transcript-copy")
    words.write_text(f'{before}\n[transcript]\ncopy = "Take them along"\n')
    expect(button).to_have_text("Take them along")
    edit(words, "copy = ", "cpoy = ")
    line = words.read_text().count("\n")
    expect(notice(tab)).to_contain_text(f"docs/words/en.toml:{line}: ")
    expect(button).to_have_text("Take them along")
    words.write_text(before)
    expect(button).to_have_text("Copy commands")
    expect(notice(tab)).to_have_count(0)


def test_a_template_of_the_sites_own(preview: Preview, tab: Page) -> None:
    own = preview.checkout / "docs/overrides/snippetlab/head.html"
    own.parent.mkdir()
    own.write_text('{% macro head(above) %}<p class="own">{{ above.user }}</p>{% endmacro %}')
    expect(tab.locator("figure .own")).to_have_text("as root")
    own.unlink()
    expect(tab.locator(".transcript-user")).to_have_text("as root")


@pytest.mark.cure("preview-status")
def test_a_build_that_cannot_even_begin(preview: Preview, tab: Page) -> None:
    first = preview.checkout / "hooks/preview/build.py"
    edit(first, "import json\n", "import json, not_there\n")
    expect(notice(tab)).to_contain_text("ended with status 1 and no word")
    expect(notice(tab)).to_contain_text("Mend what the terminal names")
    assert "No module named 'not_there'" in preview.log
    edit(first, "import json, not_there\n", "import json\n")
    expect(notice(tab)).to_have_count(0)


def test_what_only_a_strict_build_refuses(preview: Preview, tab: Page) -> None:
    page = preview.checkout / "docs/ko/index.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n[Nowhere](nowhere.md)\n", encoding="utf-8")
    visit(tab, preview.address)
    expect(notice(tab)).to_contain_text("nowhere.md")
    expect(tab.get_by_text("Nowhere", exact=True)).to_be_visible()
    page.write_text(text, encoding="utf-8")
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
    wait_for(lambda: preview.builds)
    os.kill(preview.builds[0], signal.SIGKILL)
    expect(tab.locator("h1")).to_have_text("Survived#")
    edit(preview.checkout / "docs/en/index.md", "Survived", "Page in en")
    expect(tab.locator("h1")).to_have_text("Page in en#")


@pytest.mark.cure("preview-killed")
def test_a_build_that_is_always_killed_says_so(preview: Preview, tab: Page) -> None:
    page = preview.checkout / "docs/en/index.md"
    edit(page, "Page in en", "Never")

    def given_up() -> bool:
        for process in preview.builds:
            os.kill(process, signal.SIGKILL)
        return notice(tab).count() > 0

    wait_for(given_up)
    expect(notice(tab)).to_contain_text("Save any file")
    expect(tab.locator("h1")).to_have_text("Page in en#")
    edit(page, "Never", "Page in en")
    expect(notice(tab)).to_have_count(0)


def test_what_editors_leave_breaks_nothing(preview: Preview, tab: Page) -> None:
    left = leave_behind(preview.checkout)
    edit(preview.checkout / "docs/en/index.md", "Page in en", "Still built")
    expect(tab.locator("h1")).to_have_text("Still built#")
    edit(preview.checkout / "docs/en/index.md", "Still built", "Page in en")
    expect(tab.locator("h1")).to_have_text("Page in en#")
    script = preview.checkout / "snippets/a/b.sh"
    script.write_text(snippet("echo third\n"))
    expect(tab.locator("samp")).to_have_text("third")
    script.write_text(snippet("echo first\n"))
    expect(tab.locator("samp")).to_have_text("first")
    for path in left:
        path.unlink()
