"""The headings of a page: each has an id of its own, in ASCII, the same in both languages."""

import re
from collections.abc import Iterator
from pathlib import Path

from snippetlab.errors import Cure, SourceError
from snippetlab.show.fence import find_references
from snippetlab.show.page import Page, read_page
from tools.finding import Finding

_HEADING = re.compile(r"(?P<level>#{1,6}) (?P<text>.+?) \{ #(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*) \}")
_LIKE = re.compile(r" {0,3}(?P<level>#{1,6})(?!#)\s*(?P<text>.*?)\s*#*\s*(?P<rest>\{.*\})?\s*")
"""What Markdown takes for a heading: `#` at the beginning of any line."""
_RAW = re.compile(r"\s*<h(?P<level>[1-6])(?![^>]*\sid=)[^>]*>(?P<text>[^<]*)")
_UNDERLINE = re.compile(r"(=+|-+) *")


def headings(page: Page) -> list[tuple[int, str, str]]:
    """Line, level (such as `##`) and id of each that has one."""
    found = ((number, _HEADING.fullmatch(line)) for number, line in page.prose())
    return [(number, match["level"], match["id"]) for number, match in found if match]


def heading_faults(path: Path, place: str) -> Iterator[Finding]:
    """Headings without an id, and ids that are no ASCII or stand twice on the page."""
    try:
        page = read_page(path)
    except SourceError:
        return  # `snippets` says so
    for number, level, text in _without_id(page):
        cure = f"Write it with one, the same in both languages: {level} {text}"
        if "#" in page.lines[number - 1]:
            cure += " (or, where the # is no heading's: \\#)"
        message = "the heading has no id of lower-case letters, digits and hyphens"
        yield Finding(f"{place}:{number}", message, Cure("heading-id", cure))
    lines = {id_: line for line, id_ in _transcripts(path)}
    for number, _, id_ in headings(page):
        if (first := lines.setdefault(id_, number)) != number:
            cure = f"Give it another in both languages, such as {{ #{id_}-2 }}"
            message = f"the id {id_} is on the page already, in line {first}"
            yield Finding(f"{place}:{number}", message, Cure("heading-twice", cure))


def _without_id(page: Page) -> Iterator[tuple[int, str, str]]:
    """Line, level, and the text with an id that would do."""
    before, began = "", True
    for number, line in page.prose():
        if _UNDERLINE.fullmatch(line) and before.strip() and began:
            yield number - 1, "#" if line[0] == "=" else "##", _with_id(before.strip())
        elif found := _RAW.match(line):
            yield number, "#" * int(found["level"]), _with_id(found["text"].strip())
        elif (found := _LIKE.fullmatch(line)) and not _HEADING.fullmatch(line):
            id_ = re.search(r"#([^\s}]+)", found["rest"] or "")
            yield number, found["level"], _with_id(found["text"], id_[1] if id_ else "")
        # Only the first line of a paragraph is made a heading by what is below it.
        before, began = line, not before.strip()


def _transcripts(path: Path) -> Iterator[tuple[int, str]]:
    try:
        for reference in find_references(path):
            yield reference.line, reference.fence.anchor
    except SourceError:
        return  # `snippets` says so


def _with_id(text: str, id_: str = "") -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", (id_ or text).lower()).strip("-") or "name"
    return f"{text} {{ #{slug} }}"
