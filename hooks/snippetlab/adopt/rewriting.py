"""A page with fences in the place of its blocks."""

import re
from collections.abc import Sequence
from pathlib import Path

from snippetlab.adopt.blocks import Block
from snippetlab.errors import SourceError
from snippetlab.files import write_source
from snippetlab.show.fence import find_references
from snippetlab.show.page import Page, read_page

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
Fence = tuple[Block, str, int]
"""A block, the id of the snippet that it becomes, and what it folds."""


def rewritten(text: str, fences: Sequence[Fence]) -> str:
    """The page's text; all other lines are left as they are, with their ends."""
    lines = _LINE.findall(text)
    for block, id_, fold in sorted(fences, key=lambda fence: -fence[0].first):
        ends = "\r\n" if lines[block.first - 1].endswith("\r\n") else "\n"
        body = ["```snippet", id_, *([f"fold: {fold}"] if fold else []), "```"]
        last = "" if not lines[block.last - 1].endswith(("\n", "\r")) else ends
        new = ends.join(f"{block.prefix}{line}" for line in body) + last
        lines[block.first - 1 : block.last] = [new]
    return "".join(lines)


def shows(page: Page, text: str, fences: Sequence[Fence], directory: Path) -> bool:
    """Whether the page with this text shows what it showed, and these."""
    copy = directory / page.path.name
    write_source(copy, text)
    try:
        old = [id_ for found in find_references(page) for id_ in found.fence.ids]
        new = [id_ for found in find_references(read_page(copy)) for id_ in found.fence.ids]
    except SourceError:
        return False
    return sorted(new) == sorted([*old, *(id_ for _, id_, _ in fences)])


def fitting(page: Page, text: str, blocks: Sequence[Block], directory: Path) -> list[bool]:
    """Of each block, whether a fence in its place would be shown."""
    probes: list[Fence] = [(block, f"a/b-{number}", 0) for number, block in enumerate(blocks)]
    if shows(page, rewritten(text, probes), probes, directory):
        return [True] * len(blocks)
    return [shows(page, rewritten(text, [one]), [one], directory) for one in probes]
