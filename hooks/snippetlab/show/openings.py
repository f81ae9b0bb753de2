"""Fences that are not rendered as their author meant, and why not."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from snippetlab.errors import Cure, SourceError
from snippetlab.show.page import KINDS, FencedBlock, Page

_OPENING = re.compile(
    r"(?P<prefix>[ >]*)(?P<item>(?:[-*+]|\d+[.)]|:|\[\^[^\]]+\]:)[ ]+)?"
    r"(?P<mark>`{3,}|~{3,})[ ]*(?P<info>[^`]*?)[ ]*"
)
"""`item` is what begins an item of a list, a definition or a footnote."""
_MIDWAY = re.compile(rf"(?P<before>.*\S)[ ]*(?:`{{3,}}|~{{3,}})[ ]*(?P<kind>{'|'.join(KINDS)})[ ]*")


@lru_cache(maxsize=512)
def check_openings(page: Page, *, others: bool = False) -> None:
    """Raises SourceError for the first fence that is shown otherwise than it looks.

    Only of the engine's kinds, and of what is nearly one; with `others`, of any kind.
    """
    starts = {block.line: block for block in page.blocks}
    inside = {n for block in page.blocks for n in range(block.line + 1, block.end + 1)}
    for number, line in page.prose():
        midway = _MIDWAY.fullmatch(line)
        if midway and not _OPENING.fullmatch(line.expandtabs(4)) and "`" not in midway["before"]:
            raise _not_first(page, number, midway["kind"], "Begin it on a line of its own.")
    for number, opening in _openings(page, page.start):
        if block := starts.get(number):
            _check_block(page, block, opening)
        elif number not in inside:
            _check_text(page, number, opening, others=others)


def _openings(page: Page, start: int) -> Iterator[tuple[int, re.Match[str]]]:
    for number, line in enumerate(page.lines[start - 1 :], start):
        if ("```" in line or "~~~" in line) and (found := _OPENING.fullmatch(line.expandtabs(4))):
            yield number, found


def _check_block(page: Page, block: FencedBlock, opening: re.Match[str]) -> None:
    """A fence that is rendered, as the engine's or as code."""
    mark = opening["mark"]
    if block.kind in KINDS:
        if opening["info"] != block.kind:
            raise _info_line(page, block.line, block.kind)
        marks = filter(None, map(_OPENING.fullmatch, block.body))
        if any(inner["mark"][0] == mark[0] for inner in marks):
            raise _unclosed(page, block.line, block.kind, opening)
        return
    _check_name(page, block.line, block.kind)
    for number, line in enumerate(block.body, block.line + 1):
        inner = _OPENING.fullmatch(line)
        if inner and inner["info"] in KINDS and inner["mark"].startswith(mark):
            fault = _unclosed(page, block.line, block.kind, opening)
            if block.line < fault.line < number:
                raise fault
            message = f"the {inner['info']} fence is in the fence of line {block.line}, as code"
            text = f"Close that one before it with {mark}, below its opening mark; if this is an"
            text += f" example, open and close the one of line {block.line} with {mark}{mark[0]}."
            raise SourceError(page.path, number, message, Cure("fence-inside", text))


def _check_text(page: Page, line: int, opening: re.Match[str], *, others: bool) -> None:
    """An opening that is shown as text."""
    info = opening["info"]
    kind = (re.findall(r"[^\s{}.=]+", info) or [""])[0]
    _check_name(page, line, kind)
    if kind in KINDS:
        if opening["item"]:
            cure = "Begin it on the next line, indented by 4 blanks more than the item."
            raise _not_first(page, line, kind, cure)
        if info != kind:
            raise _info_line(page, line, kind)
        raise _unclosed(page, line, kind, opening)
    # Further in, it may be an example in indented code.
    if (
        others
        and re.fullmatch(r"[\w#.+-]*", info)
        and not opening["item"]
        and len(opening["prefix"]) < 4
    ):
        raise _unclosed(page, line, kind, opening)


def _check_name(page: Page, line: int, kind: str) -> None:
    """Closer than languages are, such as `script` to `snippet`."""
    nearest = get_close_matches(kind.lower(), KINDS, n=1, cutoff=0.8)
    if kind not in KINDS and nearest:
        cure = Cure("fence-kind", f"Did you mean `{nearest[0]}`?")
        raise SourceError(page.path, line, f"unknown kind of fence `{kind}`", cure)


def _not_first(page: Page, line: int, kind: str, cure: str) -> SourceError:
    message = f"the {kind} fence is not the first thing on its line"
    return SourceError(page.path, line, message, Cure("fence-first", cure))


def _info_line(page: Page, line: int, kind: str) -> SourceError:
    text = f"Let it be `{kind}` alone: what it shows and its options stand in the body, one a line."
    message = f"the {kind} fence has something on its info line"
    return SourceError(page.path, line, message, Cure("fence-info", text))


def _unclosed(page: Page, line: int, kind: str, opening: re.Match[str]) -> SourceError:
    """Why the fence that is opened there does not end where its author thinks."""
    name, mark, prefix = f"{kind} fence".lstrip(), opening["mark"], opening["prefix"]
    place = f"Indent it by {len(prefix)} blanks" if prefix else "Put it at the line's beginning"
    if ">" in prefix:
        place = f"Begin its line with {prefix!r}"
    for number, text in enumerate(page.lines[line:], line + 1):
        content = text.expandtabs(4).lstrip(" >").rstrip()
        indent = len(text.expandtabs(4).rstrip()) - len(content)
        found = _OPENING.fullmatch(content)
        if found and found["info"]:
            break
        if found and found["mark"][0] == mark[0]:
            if found["mark"] != mark:
                message = f"{content} does not close the {name} of line {line}"
                cure = Cure("fence-mark", f"Write {mark}, as it was opened.")
            elif indent != len(prefix):
                message = f"{mark} does not close the {name} of line {line}: it is not below it"
                cure = Cure("fence-column", f"{place}, as the opening mark.")
            else:
                return _hidden(page, line, name)
            return SourceError(page.path, number, message, cure)
        if content and indent < len(prefix) and _is_closed(page, number):
            message = f"the line is further left than the {name} that it is in, of line {line}"
            cure = Cure("fence-left", f"{place}, as the opening mark.")
            return SourceError(page.path, number, message, cure)
    cure = Cure("fence-open", f"Close it with {mark}, on a line of its own below the opening mark.")
    return SourceError(page.path, line, f"the {name} does not end", cure)


def _hidden(page: Page, line: int, name: str) -> SourceError:
    """Of a fence that is right in itself: what was opened above goes on into it."""
    inside = {n for block in page.blocks for n in range(block.line, block.end + 1)}
    above = [n for n, _ in _openings(page, page.start) if n < line and n not in inside]
    message = f"this mark opens a fence that goes on to the {name} of line {line}, and hides it"
    cure = Cure("fence-hidden", "Close it, or take it out.")
    return SourceError(page.path, above[-1] if above else line, message, cure)


def _is_closed(page: Page, line: int) -> bool:
    """Whether the next mark closes a fence rather than opens one."""
    return next((not found["info"] for _, found in _openings(page, line)), False)
