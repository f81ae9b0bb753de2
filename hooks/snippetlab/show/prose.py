"""What of a page is text in a language: its prose, and the notes in its fences."""

import re
from collections.abc import Iterator

from snippetlab.show.note import LINK, find_notes
from snippetlab.show.page import Page

_CODE = re.compile(r"(?<![\\`])(`+)(?!`)(?:(?!\n[ \t>]*\n).)+?(?<!`)\1(?!`)", re.DOTALL)


def texts(page: Page) -> Iterator[tuple[int, str]]:
    """Number and text of each such line."""
    yield from page.prose()
    for block in page.blocks:
        for note in find_notes(block.body) if block.kind == "snippet" else ():
            yield from enumerate(note.lines, block.line + note.line)


def without_code(page: Page) -> str:
    """Each such line where it stands on the page, but without any code."""
    lines = [""] * len(page.lines)
    for number, line in texts(page):
        lines[number - 1] = line
    return _CODE.sub(blanked, "\n".join(lines))


def blanked(found: re.Match[str]) -> str:
    """As many signs, that mean nothing; not blanks, since a link of code is not empty."""
    return re.sub(r"[^\n]", "\x1a", found[0])


def find_links(page: Page) -> Iterator[tuple[int, str, str]]:
    """Line, id and step of each link to a note."""
    text = without_code(page)
    for found in LINK.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, found["id"], found["step"]
