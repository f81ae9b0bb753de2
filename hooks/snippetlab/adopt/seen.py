"""Which blocks a reader sees as code: by rendering the page, as nothing else could tell.

A fence may stand in a comment, and what is indented may be a paragraph of a list.
"""

from collections.abc import Sequence
from html.parser import HTMLParser

from markdown import Markdown

from snippetlab.adopt.blocks import Block
from snippetlab.show.page import Page

_EXTENSIONS = (
    *("admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables"),
    *("pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed"),
)
"""What sites in Markdown commonly use; each changes what is code."""
_MARK = "zq{}snippetlabqz"


class _Code(HTMLParser):
    """The text of all code."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self._depth += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "pre" and self._depth > 0

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.text += data


def seen(page: Page, blocks: Sequence[Block]) -> list[Block]:
    """Those of the blocks that are shown as code."""
    lines = list(page.lines)
    for number, block in enumerate(blocks):
        filled = next(n for n, line in enumerate(block.body) if line.strip())
        lines[block.start + filled - 1] += f" {_MARK.format(number)}"
    markdown = Markdown(
        extensions=_EXTENSIONS,
        extension_configs={"pymdownx.highlight": {"use_pygments": False}},
    )
    code = _Code()
    code.feed(markdown.convert("\n".join(lines[page.start - 1 :])))
    code.close()
    return [b for number, b in enumerate(blocks) if _MARK.format(number) in code.text]
