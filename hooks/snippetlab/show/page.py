"""A page as its author wrote it: front matter, fences, and the prose around them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from snippetlab.errors import SourceError, raise_all
from snippetlab.files import read_source, refuse_controls

KINDS = ("snippet", "chart", "experiment")
"""The kinds of fence that the engine knows; all others are code."""
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:.*?\n)?(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
"""As MkDocs has it."""


@dataclass(frozen=True)
class FencedBlock:
    """A fence of any kind."""

    kind: str
    line: int
    """Of its opening mark, from 1."""
    body: tuple[str, ...]
    end: int
    """The line of its closing mark."""


@dataclass(frozen=True)
class Page:
    """The lines of a page, and which of them are what."""

    path: Path
    lines: tuple[str, ...]
    start: int
    """The first line after the front matter, from 1."""
    blocks: tuple[FencedBlock, ...]

    def prose(self) -> Iterator[tuple[int, str]]:
        """Number and text of each line that is neither front matter nor in a fence."""
        fenced = {n for block in self.blocks for n in range(block.line, block.end + 1)}
        for number, line in enumerate(self.lines[self.start - 1 :], self.start):
            if number not in fenced:
                yield number, line


def read_pages(paths: Iterable[Path], *, follow: bool = False) -> list[Page]:
    """Raises SourceError, or SourcesError, for those that `read_page` refuses."""
    pages, faults = [], []
    for path in paths:
        try:
            pages.append(read_page(path, follow=follow))
        except SourceError as fault:
            faults.append(fault)
    raise_all(faults)
    return pages


def read_page(path: Path | Page, *, follow: bool = False) -> Page:
    """A page; one that was read already is that. Within a build each is read once.

    Raises SourceError for a page that is not UTF-8, holds control characters, or is a link,
    unless these are to be followed.
    """
    if isinstance(path, Page):
        return path
    text = read_source(path.resolve() if follow else path)
    refuse_controls(path, text)
    lines, start, blocks = _read(text)
    return Page(path, lines, start, blocks)


@lru_cache(maxsize=512)
def _read(text: str) -> tuple[tuple[str, ...], int, tuple[FencedBlock, ...]]:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found = _FRONT_MATTER.match(text)
    head = found[0].count("\n") if found else 0
    lines = tuple(text.split("\n"))
    if not any("```" in line or "~~~" in line for line in lines[head:]):
        return lines, head + 1, ()
    # It takes a while to import, and most commands read no page.
    from snippetlab.show.superfences import find

    blocks = (
        FencedBlock(kind, start + 1 + head, tuple(body), end + head)
        for start, end, kind, body in find(lines[head:], KINDS)
    )
    return lines, head + 1, tuple(blocks)
