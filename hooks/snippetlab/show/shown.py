"""What a rendered page shows, held against what its source asks for.

Fences and quotations are found by the rules of rendering; but only the page as it is rendered
tells whether one stands in indented code, in a comment or in raw HTML.
"""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from snippetlab.errors import Cure, SourceError
from snippetlab.show.anchors import note_anchor
from snippetlab.show.chart import find_charts
from snippetlab.show.fence import find_references
from snippetlab.show.figures import Figures
from snippetlab.show.page import Page, read_page
from snippetlab.show.values import find_quotations, formatted
from snippetlab.show.words import Words

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ID = re.compile(r'<[a-z][^<>]*?\sid="([^"]+)"')
_FIGURE = re.compile(r'<(?:figure|div) class="(?:transcript|experiment)[^"]*" id="([^"]+)"')
_NOTE = re.compile(r'<p class="step-note" id="([^"]+)"')
_VALUE = re.compile(r'<data class="value" value="([^"]*)">([^<]*)</data>')
_CHART = re.compile(r'<table class="chart">(.*?)</table>', re.DOTALL)
_BAR = re.compile(r'<data value="([^"]*)">')


def anchors(html: str) -> list[str]:
    """The ids of all elements of a page, to which links may lead."""
    return _ID.findall(_COMMENT.sub("", html))


def faults(
    source: Path | Page, html: str, figures: Figures, words: Words, *, foreign: bool = False
) -> Iterator[SourceError]:
    """What the page shows more or less than its source asks for, and ids that it has twice.

    `html` is the page's own part, as Markdown made it. A `foreign` one may be put together of
    other files, so that it shows more; and of its ids, only those of transcripts count.
    """
    page, html = read_page(source), _COMMENT.sub("", html)
    asked = list(_asked(page, figures, words))
    shown = Counter(_shown(html))
    for key, line, what in asked:
        if shown[key]:
            shown[key] -= 1
        else:
            yield _not_shown(page, line, what)
    for key in () if foreign else shown.elements():
        yield _not_found(page, key, {line for _, line, _ in asked})
    ours = set(_FIGURE.findall(html))
    for id_, times in Counter(anchors(html)).items():
        if times > 1 and (id_ in ours or not foreign):
            cure = Cure("id-on-page", f"Give each of the {times} an id of its own.")
            line = _line_of(page, [f"#{id_}", f'"{id_}"'], last=True)
            message = f"{times} elements of the page have the id {id_}"
            yield SourceError(page.path, line, message, cure)


def _asked(
    page: Page, figures: Figures, words: Words
) -> Iterator[tuple[tuple[str, ...], int, str]]:
    """What the source asks for: its key among what is shown, its line, and its name."""
    for reference in find_references(page):
        ids = reference.fence.ids
        yield (
            ("transcript", reference.fence.anchor),
            reference.line,
            f"transcript {' / '.join(ids)}",
        )
        for note in reference.fence.notes:
            line = reference.opening + note.line
            yield ("note", note_anchor(ids[0], note.step)), line, f"note {note.step}"
    for line, chart in find_charts(page):
        values = (figures.value(bar.id, bar.name) for bar in chart.bars)
        yield ("chart", *values), line, "chart"
    for quoted in find_quotations(page):
        value = figures.value(quoted.id, quoted.name)
        text = formatted(value, quoted.format, words)
        yield ("value", value, text), quoted.line, f"value {quoted.id}#{quoted.name}"


def _shown(html: str) -> Iterator[tuple[str, ...]]:
    yield from (("transcript", id_) for id_ in _FIGURE.findall(html))
    yield from (("note", id_) for id_ in _NOTE.findall(html))
    yield from (("chart", *map(unescape, _BAR.findall(chart))) for chart in _CHART.findall(html))
    yield from (("value", unescape(value), unescape(text)) for value, text in _VALUE.findall(html))


def _not_shown(page: Page, line: int, what: str) -> SourceError:
    lines = page.lines
    above = "\n".join([*lines[: line - 1], lines[line - 1].split("[](value:")[0]])
    if above.rfind("<!--") > above.rfind("-->"):
        where, text = "an HTML comment", "Take it out of the comment, or remove it."
    elif lines[line - 1].startswith((" " * 4, "\t")):
        where = "indented code"
        text = "Indent it as the text that it belongs to, by 4 blanks for each list or note"
        text += " that it is in; an example stands in a fence of four backticks."
    else:
        where = "HTML, an image or a title"
        text = "Take it out of there; within HTML, Markdown is read where the tag says `markdown`."
    message = f"the {what} is not shown: it stands in {where}"
    return SourceError(page.path, line, message, Cure("not-shown", text))


def _not_found(page: Page, key: tuple[str, ...], known: set[int]) -> SourceError:
    """Of what is shown though it was not found: to its reader it seemed to be in code."""
    signs = "](value:" if key[0] == "value" else "```"
    lines = [n for n, line in enumerate(page.lines, 1) if signs in line and n not in known]
    message = f"the page shows a {key[0]} that seems to be in code here: {key[-1]}"
    text = "Close code with as many backticks as it is opened with; for a backtick write \\`."
    return SourceError(page.path, lines[0] if lines else 1, message, Cure("code-open", text))


def _line_of(page: Page, texts: list[str], *, last: bool = False) -> int:
    """The first line, or the last, that has one of the texts; 1 if none has."""
    numbered = enumerate(page.lines, 1)
    found = [number for number, line in numbered if any(text in line for text in texts)]
    return found[-1 if last else 0] if found else 1
