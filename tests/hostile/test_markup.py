"""What a page or a picture of a pull request may not hold: what a browser would run or obey."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown import Markdown

from generated.verification import verification_page
from reading import markup
from reading.policy import inline_scripts, template_scripts, write_policy
from snippetlab.errors import SourceError
from snippetlab.project import Project
from snippetlab.run.lock import Lock
from snippetlab.show.front_matter import check_front_matter
from snippetlab.show.page import read_page
from snippetlab.snippet.library import read_library
from tests.support import Write, snippet
from tests.words import templates_of

ELEMENTS = [
    "<script>alert(1)</script>",
    "<SCRIPT\nsrc=drawer.mjs></SCRIPT>",
    "<script/src=x></script>",
    "<svg><script>alert(1)</script></svg>",
    '<meta http-equiv="refresh" content="0; url=https://evil.example">',
    '<base href="https://evil.example/">',
    '<iframe src="https://evil.example"></iframe>',
    '<iframe srcdoc="x"></iframe>',
    '<frameset><frame src="x"></frameset>',
    '<form action="https://evil.example"><input name="password"></form>',
    '<object data="x.swf"></object>',
    '<embed src="x">',
    '<link rel="stylesheet" href="x.css">',
    "<style>* { display: none }</style>",
    "<textarea>",
    '<label for="__drawer">x</label>',
    '<label><input type="password" name="x-version" value="28" data-number="1"></label>',
    '<label><input type="radio" name="x-version" value="28" data-number="1" form="y"></label>',
    '<label><input type="radio" name="__palette" value="28" data-number="1"></label>',
    "<template><b>x</b></template>",
    "<svg><foreignObject><b>x</b></foreignObject></svg>",
    '<svg><animate attributeName="href" to="javascript:alert(1)"/></svg>',
    '<svg><use href="x.svg#y"/></svg>',
    "<math><mtext>x</mtext></math>",
    "<video src=x></video>",
    "<x-own>x</x-own>",
    "<a title='<script>'>x</a>",
    "<noscript><p title='</noscript><script>alert(1)</script>'></noscript>",
]
HANDLERS = [
    '<img src="x.png" onerror="alert(1)">',
    "<b onclick=alert(1)>x</b>",
    "<b/onclick=alert(1)>x</b>",
    '<p><a href="x"onclick=alert(1)>x</a></p>',
    '<b title=">" ONCLICK="alert(1)">x</b>',
    "<b\nonpointerenter\n=\nalert(1)>x</b>",
    "<svg onload=alert(1)></svg>",
    "[x](index.md){ onclick=alert(1) }",
    "# Heading { #x onmouseover=alert(1) }",
]
ADDRESSES = [
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    '<a href="java&#115;cript:alert(1)">x</a>',
    '<a href="javascript&colon;alert(1)">x</a>',
    '<p><a href=" &#1;java&#9;script:alert(1)">x</a></p>',
    '<p><a href="java\nscript:alert(1)">x</a></p>',
    '<p><img src="/\n/evil.example/x.png"></p>',
    '<p><img src="/&#47;evil.example/x.png"></p>',
    "<a href=javascript:alert(1)>x</a>",
    '<a href="data:text/html,<b>x</b>">x</a>',
    '<a href="vbscript:x">x</a>',
    '<p>href="</p><a href=javascript:alert(1)>x</a>"',
    "![x](https://evil.example/x.png)",
    "![x](//evil.example/x.png)",
    '<img src="/\\evil.example/x.png">',
    '<img src="x.png" srcset="y.png 1x, https://evil.example/x.png 2x">',
    '<button formaction="https://evil.example">x</button>',
    '<a href="x" ping="https://evil.example">x</a>',
    '<button data-machine="https://evil.example">x</button>',
    '<table background="https://evil.example/x.png"><tr><td>x</td></tr></table>',
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
]
OWN = [
    '<div id="__config">{"base": "https://evil.example"}</div>',
    "<div id=&#95;_config>{}</div>",
    "## Heading { #__search }",
    '<div data-md-component="search">x</div>',
]
"""What the theme's scripts would take for their own (DOM clobbering)."""
HARMLESS = [
    '<label><input type="radio" name="docker-x-version" value="28" data-number="1" checked>'
    "<span>28</span></label>",
    "`<script>alert(1)</script>` and `<b onclick=alert(1)>`",
    "```html\n<script>alert(1)</script>\n<a href='javascript:x'>\n```",
    "    <iframe src=x>",
    "An option /one = 1, said on=off; src = javascript:alert(1), and 1 < 2.",
    '[x](https://example.org "javascript:x") <mailto:a@example.org> ![x](assets/images/x.svg)',
    "[x](../other.md#a-b) [y](#z) [m](http://127.0.0.1:8000/) [f](file.sh)",
    '!!! note "on"\n    text',
]


def rendered(source: str) -> str:
    extensions = ["attr_list", "md_in_html", "tables", "admonition", "pymdownx.superfences"]
    return Markdown(extensions=extensions).convert(source)


@pytest.fixture
def faults(tmp_path: Path) -> Callable[[str], list[SourceError]]:
    """What is wrong with a page of this text."""

    def found(text: str) -> list[SourceError]:
        page = tmp_path / "docs/en/x.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"# X {{ #x }}\n\nText.\n\n{text}\n", encoding="utf-8")
        return list(markup.faults(page, rendered(page.read_text(encoding="utf-8"))))

    return found


@pytest.mark.parametrize("text", [*ELEMENTS, *HANDLERS, *ADDRESSES, *OWN])
def test_what_acts_is_refused_with_its_line(
    text: str, faults: Callable[[str], list[SourceError]]
) -> None:
    found = faults(text)
    assert found
    assert all(5 <= fault.line <= 8 for fault in found), list(map(str, found))


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_so_is_shown(text: str, faults: Callable[[str], list[SourceError]]) -> None:
    assert not faults(text)


@pytest.mark.cure("markup-element", "markup-handler", "markup-address", "markup-own")
@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("<center>x</center>", "x"),
        ("<b onclick=alert(1)>x</b>", "<b>x</b>"),
        ('<b id="__x">x</b>', '<b id="x">x</b>'),
        ("[x](ftp://example.org)", "[x](https://example.org)"),
    ],
)
def test_mended_as_advised_it_is_shown(
    text: str, mended: str, faults: Callable[[str], list[SourceError]]
) -> None:
    (fault,) = faults(text)
    assert re.search(
        "Take `<center>` out|Take out `onclick`|Link to https:|Give it another", fault.cure
    )
    assert not faults(mended)


@pytest.mark.cure("front-matter-sign")
@pytest.mark.parametrize("key", ["title", "description"])
@pytest.mark.parametrize("text", ["</title><script>alert(1)</script>", '\\" onload=\\"alert(1)'])
def test_what_goes_into_the_head_is_text(key: str, text: str, write: Write) -> None:
    page = write("docs/en/x.md", f'---\n{key}: "x{text}"\n---\n\n# X\n')
    with pytest.raises(SourceError, match=rf"x\.md:2: `{key}` cannot hold"):
        check_front_matter(read_page(page))
    page.write_text(f"---\n{key}: \"Its 'x' && y > z\"\n---\n\n# X\n")
    check_front_matter(read_page(page))


def test_a_claim_is_text_wherever_it_is_shown(project: Project, write: Write) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    write("snippets/a/x.sh", snippet("true\n").replace("A test.", evil))
    library = read_library(project)
    page = verification_page(library, {}, Lock({}), {}, templates_of("en"))
    html = page.complete(rendered(page.markdown))
    assert not list(markup.faults(Path("x.md"), html))


HEAD = '<!doctype html><html><head><meta charset="utf-8"></head><body>{}</body></html>'


def test_the_policy_knows_the_templates_scripts_only(tmp_path: Path) -> None:
    """A page's own is not among them, even if nothing had refused it."""
    from jinja2 import DictLoader, Environment

    templates = {
        "main.html": '{% extends "base.html" %}',
        "base.html": '{% include "x.html" %}<script>own({{ config.n }})</script>',
        "x.html": '<script src="x"></script><script>included()</script>',
        "404.html": '{% extends "main.html" %}',
    }
    known = template_scripts(Environment(loader=DictLoader(templates)), {"n": 7})
    assert known == inline_scripts("<script>own(7)</script><script>included()</script>")
    page = tmp_path / "index.html"
    page.write_text(HEAD.format("<script>own(7)</script><script>alert(1)</script>"))
    write_policy(tmp_path, [page], known, root=True)
    (own,), (foreign,) = map(
        inline_scripts, ("<script>own(7)</script>", "<script>alert(1)</script>")
    )
    for text in (page.read_text(), (tmp_path / "_headers").read_text()):
        assert own in text
        assert foreign not in text
