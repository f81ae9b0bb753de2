"""Two transcripts side by side: what differs is marked, and only that."""

import re
from html import unescape

from snippetlab.show.block import Block
from snippetlab.show.contrast import render_contrast
from tests.engine.show.blocks import Checker, block


def contrast(one: Block, other: Block) -> str:
    html = render_contrast(one, other)
    Checker(html)
    return html


def marked(html: str) -> list[str]:
    found = re.findall(r"<mark><span[^>]*>\[differs\] </span>(.*?)</mark>", html)
    return [unescape(text) for text in found]


def test_a_contrast_marks_what_differs_and_only_that() -> None:
    one = block("x && y # ? 1\nls\n", (b"oops\n", 1), (b"a b\n", 0))
    other = block("x ; y\nls\n", (b"oops\n", 0), (b"a c\n", 0), name="c")
    html = contrast(one, other)
    assert marked(html) == ["&&", "exit status 1", ";", "exit status 0", "b", "c"]
    assert html.count('class="contrast-pair"') == 2


def test_a_contrast_aligns_the_steps_that_both_have() -> None:
    one = block("a\nb\nc\n", (b"", 0), (b"", 0), (b"", 0))
    other = block("a\nc\n", (b"", 0), (b"", 0), name="c")
    html = contrast(one, other)
    assert html.count('class="contrast-pair"') == 3
    assert html.count("contrast-empty") == 1
    assert marked(html) == ["b"]


def test_equal_transcripts_have_no_marks() -> None:
    one = block("a\n", (b"1\n\n2\n", 3), name="b")
    assert marked(contrast(one, block("a\n", (b"1\n\n2\n", 3), name="c"))) == []
