"""Figures that prose quotes: named by a snippet's tag `values`, taken from its recording.

A page quotes one with an empty link, which no template language, shell or Markdown uses
otherwise: `[](value:docker/layers#total)`, or `[](value:docker/layers#total "bytes")`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from snippetlab.compare.measure import measure
from snippetlab.errors import Cure, SourceError
from snippetlab.show.note import LINK
from snippetlab.show.page import Page, read_page
from snippetlab.show.prose import blanked, without_code
from snippetlab.show.words import Words
from snippetlab.snippet.extract import UNKNOWN

QUOTATION = re.compile(
    r"(?<![!\\])\[\]\(value:(?P<id>[^\s#)\"]*)#(?P<name>[^\s)\"]*)(?: +\"(?P<format>[^\"\n]*)\")?\)"
)
"""An empty link that quotes a value."""
FORMATS = ("text", "number", "bytes", "duration")
"""The forms in which one can be quoted."""
_UNITS = ("B", "kB", "MB", "GB", "TB")
_SUSPECT = re.compile(
    r"(?P<link>(?<![!\\])\[\s*\](?=[(\[]))"
    r"|!?\[[^\]\n]*\]\(\s*<?\s*(?P<target>[A-Za-z]{3,8})\s*:"
    r"|(?:\[(?!\^)[^\]\n]+\]:\s*<?|<|=\s*[\"']?)(?P<bound>[A-Za-z]{3,8}):(?=\S)"
    r"|(?<![\w-])(?P<bare>[A-Za-z]{3,8}):(?=[\w-]*[/#])"
)
"""What might have been meant to quote a value: an empty link, or the scheme of an address."""
_NAMED = re.compile(r"(?P<id>[a-z0-9-]+(?:/[a-z0-9-]+)+)(?:#(?P<name>[\w-]+))?\W*(?P<format>\w*)")


@dataclass(frozen=True)
class Quotation:
    """A page's use of a value."""

    page: Path
    line: int
    """In the page, from 1."""
    id: str
    name: str
    format: str


def find_quotations(page: Path | Page) -> Iterator[Quotation]:
    """All quotations of a page, but for those in code.

    Raises SourceError for what looks like one and would be shown as it is.
    """
    yield from _quotations(read_page(page))


def check_links(page: Path | Page) -> None:
    """Raises SourceError for a link that shows nothing."""
    read = read_page(page)
    text = LINK.sub(blanked, QUOTATION.sub(blanked, without_code(read)))
    for found in _SUSPECT.finditer(text):
        if found["link"] and not _is_meant(found):
            line, written = _place(found)
            text = "Give it a text. (A value is quoted so: [](value:chapter/snippet#name).)"
            cure = Cure("empty-link", text)
            raise SourceError(read.path, line, f"an empty link shows nothing: {written}", cure)


@lru_cache(maxsize=512)
def _quotations(read: Page) -> tuple[Quotation, ...]:
    return tuple(_find_quotations(read))


def _find_quotations(read: Page) -> Iterator[Quotation]:
    page, text = read.path, without_code(read)
    _check_suspects(page, QUOTATION.sub(blanked, text), "\n".join(read.lines[: read.start - 1]))
    for quoted in QUOTATION.finditer(text):
        at = text.count("\n", 0, quoted.start()) + 1
        yield Quotation(page, at, quoted["id"], quoted["name"], quoted["format"] or "text")


def _check_suspects(page: Path, prose: str, head: str) -> None:
    for found in filter(_is_meant, _SUSPECT.finditer(head)):
        line = head.count("\n", 0, found.start()) + 1
        cure = Cure("value-in-front-matter", "Say it without the figure: only prose can quote one.")
        raise SourceError(page, line, "the front matter cannot quote a value", cure)
    for found in filter(_is_meant, _SUSPECT.finditer(prose)):
        line, written = _place(found)
        named = _NAMED.search(prose[found.start() : found.start() + 200].split("\n\n")[0])
        form = '[](value:chapter/snippet#name "number"), the format only if it needs one'
        cure = Cure("value-form", f"Write {_written(named) if named else form}.")
        raise SourceError(page, line, f"this quotes no value: {written}", cure)


def _place(found: re.Match[str]) -> tuple[int, str]:
    """Its line, and what is written there."""
    text, start = found.string, found.start()
    shown = re.match(r"[^\n)>]*[)>]?", text[start:])
    return text.count("\n", 0, start) + 1, shown[0].strip(" =:]\"'") if shown else found[0]


def _is_meant(found: re.Match[str]) -> bool:
    """Whether the scheme is that of a quotation, or nearly."""
    scheme = found["target"] or found["bound"] or found["bare"]
    if found["link"]:
        address = re.match(r"\([\s<]*(\w*)", found.string[found.end() :])
        scheme = address[1] if address else ""
    return bool(get_close_matches((scheme or "").lower(), ["value"], cutoff=0.75))


def _written(named: re.Match[str]) -> str:
    format_ = f' "{named["format"]}"' if named["format"] in FORMATS else ""
    return f"[](value:{named['id']}#{named['name'] or 'NAME'}{format_})"


def formatted(value: str, format_: str, words: Words) -> str:
    """The value as prose in their language shows it. Raises ValueError where it has no such form.

    A plain number is one of bytes, or of seconds.
    """
    if format_ == "text" or value == UNKNOWN:
        return value
    if format_ not in FORMATS:
        raise ValueError(f"unknown format `{format_}`; there are: {', '.join(FORMATS)}")
    number = measure(value)
    if number is None or (format_ == "number" and not re.fullmatch(r"-?[\d,.]+", value)):
        raise ValueError(f"{value!r} is no number")
    if format_ == "number":
        return f"{int(number):,}" if number == int(number) else f"{number:,}"
    if format_ == "duration":
        units = words["units"]
        if number < 1:
            return units["ms"].format(f"{number * 1000:.3g}")
        return units["s"].format(f"{number:,.3g}")
    unit = 0
    while abs(number) >= 1000 and unit + 1 < len(_UNITS):
        number, unit = number / 1000, unit + 1
    return f"{number:.3g} {_UNITS[unit]}"
