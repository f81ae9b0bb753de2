"""What the visit of every page leaves out is what it has seen: a fault on one page is found."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.site.serving import served
from tests.site.walk import LOOKS, Known, Look, Visit, Walk

pytestmark = pytest.mark.pageless

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>T</title>
<link rel="icon" href="data:,"><meta name="viewport" content="width=device-width"><style>
  body {{ background: white; color: black }}
  @media (prefers-color-scheme: dark) {{ .dim {{ color: #eee }} }}
  pre {{ max-width: 600px; overflow: auto }}
</style></head><body><main class="md-content"><article><h1>Title</h1>{}</article></main>
</body></html>"""
TEXT = """<h2>One</h2><p>Some text with <a href="#x" id="x">a link</a>.</p>
<ul><li>One</li></ul><p><img src="data:," alt="A picture"></p><p><button>Press</button></p>
<table><tr><th scope="col">A</th><th scope="col">B</th></tr><tr><td>1</td><td>2</td></tr></table>
<p><label for="name">Name</label> <input id="name"></p><p class="other">Last.</p>"""
FAULTS = {
    "color-contrast": ("<p>Some", '<p style="color: #bbb">Some'),
    "image-alt": (' alt="A picture"', ""),
    "link-name": (">a link<", "><"),
    "button-name": (">Press<", "><"),
    "list": ("<li>One</li>", "<li>One</li><b>Two</b>"),
    "listitem": ("<ul><li>One</li></ul>", "<div><li>One</li></div>"),
    "heading-order": ("<h2>One</h2>", "<h4>One</h4>"),
    "empty-heading": ("<h2>One</h2>", "<h2>One</h2><h2></h2>"),
    "nested-interactive": ("Press", "<i><b><a href='#x'>Press</a></b></i>"),
    "aria-hidden-focus": ("<p><button>", "<p aria-hidden='true'><i><button>"),
    "label": ('for="name"', 'for="names"'),
    "empty-table-header": (">A</th>", "></th>"),
    "scope-attr-valid": ('scope="col">A', 'scope="cols">A'),
    "aria-allowed-role": ("<ul>", '<ul role="button">'),
    "aria-valid-attr-value": ("<button>", '<button aria-expanded="maybe">'),
    "tabindex": ("<button>", '<button tabindex="3">'),
    "valid-lang": ("<p>Some", '<p lang="xx-nowhere-1">Some'),
    "page-has-heading-one": ("<h1>Title</h1>", "<h2>Title</h2>"),
    "landmark-no-duplicate-main": ("</main>", "</main><main><p>Text</p></main>"),
    "region": ("</main>", "</main><p>Text outside</p>"),
    "document-title": ("<title>T</title>", "<title></title>"),
    "html-has-lang": ('<html lang="en">', "<html>"),
    "html-lang-valid": ('<html lang="en">', '<html lang="nowhere-1">'),
    "meta-viewport": ("width=device-width", "width=device-width, user-scalable=no"),
    "target-size": (
        "<button>Press</button>",
        "<button style='all: unset; width: 9px'>a</button>" * 3,
    ),
}
"""Rule → what is changed on one page, and into what."""
IN_THE_SECOND_LOOK = {
    "color-contrast": (' class="other"', ' class="dim"'),
    "scrollable-region-focusable": ("Last.", f"<pre>{'x' * 60}</pre>"),
}


def walk(browser: Browser, directory: Path, pages: dict[str, str]) -> list[Visit]:
    for name, text in pages.items():
        (directory / f"{name}.html").write_text(text, encoding="utf-8")
    with served(directory) as address:
        return Walk(browser, address, Known(directory)).through([f"/{name}.html" for name in pages])


def rules(visit: Visit, look: Look = LOOKS[0]) -> set[str]:
    return {text.split(":")[0] for text in visit.violations[look.name]}


def test_a_fault_on_one_page_is_found_there(browser: Browser, tmp_path: Path) -> None:
    """After pages that are all right, in each way in which a page can differ from them."""
    good = PAGE.format(TEXT)
    pages = {"good": good, "again": good}
    for rule, (old, new) in FAULTS.items():
        assert good.count(old) == 1, old
        pages[rule] = good.replace(old, new)
    first, again, *faulty = walk(browser, tmp_path, pages)
    assert [rules(first, look) for look in LOOKS] == [set(), set()]
    # What is the same as before is not looked at again.
    assert [*again.judged.values()] == ["", ""]
    assert [
        rule for rule, visit in zip(FAULTS, faulty, strict=True) if rule not in rules(visit)
    ] == []


def test_a_fault_in_one_look_is_found_there(browser: Browser, tmp_path: Path) -> None:
    good = PAGE.format(TEXT)
    changed = {rule: good.replace(*change) for rule, change in IN_THE_SECOND_LOOK.items()}
    _, *faulty = walk(browser, tmp_path, {"good": good} | changed)
    for rule, visit in zip(changed, faulty, strict=True):
        assert [rules(visit, look) for look in LOOKS] == [set(), {rule}]


def test_what_was_judged_in_one_language_is_known_in_the_other(
    browser: Browser, tmp_path: Path
) -> None:
    """But for the first page, and for what only the other has."""
    one = PAGE.format(TEXT)
    more = PAGE.format(f"{TEXT}<blockquote><p>More.</p></blockquote>")
    walk(browser, tmp_path, {"one": one, "more": more})
    faulty = one.replace(*FAULTS["image-alt"])
    pages = {"one-ko": one, "more-ko": more, "faulty-ko": faulty}
    korean = {name: page.replace('lang="en"', 'lang="ko"') for name, page in pages.items()}
    first, second, third = walk(browser, tmp_path, korean)
    assert {*first.judged.values()} == {"document"}
    assert {*second.judged.values()} == {""}
    assert rules(third) == {"image-alt"}
