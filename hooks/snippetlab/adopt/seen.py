"""Which blocks a reader sees as code: by rendering the page, as nothing else could tell.

A fence may stand in a comment, and what is indented may be a paragraph of a list.
"""

import re
from collections.abc import Sequence
from enum import Enum
from html.parser import HTMLParser

from markdown import Markdown

from snippetlab.adopt.blocks import Block
from snippetlab.show.page import Page

COMMON = (
    *("admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables"),
    *("pymdownx.details", "pymdownx.tabbed"),
)
"""What sites in Markdown commonly use; each changes what is code."""
_SHAPING = (*COMMON, "extra", "pymdownx.extra", "pymdownx.blocks.details", "pymdownx.blocks.tab")
_MARK = "zq{}snippetlabqz"
_FENCE = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})", re.MULTILINE)


class Seen(Enum):
    """How a reader sees a block."""

    CODE = "as code"
    TEXT = "as indented code, with the marks of its fence"
    NOT = "not at all, or as a paragraph"


class _Code(HTMLParser):
    """The text of each piece of code."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag == "pre":
            self.texts += [] if self._depth else [""]
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "pre" and self._depth > 0

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.texts[-1] += data


def seen(page: Page, blocks: Sequence[Block], extensions: Sequence[str]) -> list[Seen]:
    """How each block is seen where a site has these extensions for Markdown."""
    lines = list(page.lines)
    for number, block in enumerate(blocks):
        filled = next(n for n, line in enumerate(block.body) if line.strip())
        lines[block.start + filled - 1] += f" {_MARK.format(number)}"
    markdown = Markdown(
        extensions=[*(e for e in extensions if e in _SHAPING), "pymdownx.superfences"],
        extension_configs={"pymdownx.highlight": {"use_pygments": False}},
    )
    code = _Code()
    code.feed(markdown.convert("\n".join(lines[page.start - 1 :])))
    code.close()
    return [_seen(block, _MARK.format(n), code.texts) for n, block in enumerate(blocks)]


def _seen(block: Block, mark: str, texts: Sequence[str]) -> Seen:
    text = next((text for text in texts if mark in text), None)
    if text is None:
        return Seen.NOT
    is_fence = block.start > block.first
    return Seen.TEXT if is_fence and _FENCE.search(text.partition(mark)[0]) else Seen.CODE
