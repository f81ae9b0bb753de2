"""What a snippet is called that a page's block becomes: its id and what it shows."""

import re
import unicodedata
from collections.abc import Collection
from pathlib import Path

from snippetlab.adopt.blocks import Block, attributes
from snippetlab.show.front_matter import title_of
from snippetlab.show.page import Page

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.+?)(?:[ \t]+#+)?(?:[ \t]*\{[^{}]*\})?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_MARKUP = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])|<[^>]*>|[*`~]|\[\^[^\]]*\]")
_LONGEST = 40


def heading_above(page: Page, line: int) -> str:
    """The text of the nearest one; the page's title where there is none."""
    found, before = "", ""
    for number, text in page.prose():
        if number >= line:
            break
        if heading := _HEADING.fullmatch(text):
            found = heading[1]
        elif before.strip() and _UNDERLINE.fullmatch(text):
            found = before
        before = text
    return _plain(found) or title_of(page) or page.path.stem


def title_in(info: str) -> str:
    """That of a fence; empty if it has none."""
    found = (re.fullmatch(r"title=([\"']?)(.*)\1", text) for text in attributes(info))
    return next((match[2] for match in found if match), "")


def id_for(block: Block, heading: str, page: Path, docs: Path, taken: Collection[str]) -> str:
    """One of its own: the page's path and the heading above the block."""
    path = page.relative_to(docs).with_suffix("")
    names = [*path.parts]
    if len(names) > 1 and names[-1].lower() in ("index", "readme"):
        names.pop()
    name = _slug(title_in(block.info)) or _slug(heading) or "block"
    chapter = "/".join(filter(None, map(_slug, names))) or "page"
    wanted, number = f"{chapter}/{name}", 1
    while wanted in taken:
        number += 1
        wanted = f"{chapter}/{name}-{number}"
    return wanted


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub(lambda found: found[1] or "", text).split())


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    while len(words) > 1 and len("-".join(words)) > _LONGEST:
        words.pop()
    return "-".join(words)[:_LONGEST]
