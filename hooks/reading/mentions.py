"""Terms of the glossary at their first mention on a page → `abbr` with what they mean."""

import re
from collections.abc import Iterable

from markupsafe import Markup

_PARTS = re.compile(r"(<[^>]+>)")
_CLOSED = {
    "a",
    "abbr",
    "button",
    "code",
    "figure",
    "pre",
    "script",
    "style",
    "summary",
    "svg",
    "th",
}
"""Elements whose text is left alone, besides headings."""
_OPEN = {"p", "li", "dd", "td"}
"""Elements in whose text a mention counts."""
_MENTION = Markup('<abbr title="{}" tabindex="0">{}</abbr>')


def explain(html: str, terms: Iterable[tuple[str, str]]) -> str:
    """Mark the first mention of each term, given as name and meaning; longer names go first."""
    left = dict(terms)
    names = sorted(left, key=len, reverse=True)
    if not names:
        return html
    pattern = re.compile("|".join(map(_whole, names)), re.IGNORECASE)
    by_text = {name.lower(): name for name in names}

    def mark(found: re.Match[str]) -> str:
        meaning = left.pop(by_text[found[0].lower()], None)
        if meaning is None:
            return found[0]
        return _MENTION.format(meaning, Markup(found[0]))

    parts = _PARTS.split(html)
    open_: list[str] = []
    for at, part in enumerate(parts):
        if at % 2:
            _follow(part, open_)
        elif part.strip() and _is_prose(open_):
            parts[at] = pattern.sub(mark, part)
    return "".join(parts)


def _whole(name: str) -> str:
    """A name in ASCII stands alone; a Korean one may carry particles, but begins a word."""
    end = r"(?![A-Za-z0-9_-])" if name.isascii() else ""
    return rf"(?<![\w-]){re.escape(name)}{end}"


def _follow(tag: str, open_: list[str]) -> None:
    found = re.match(r"<(/?)([a-z][a-z0-9]*)", tag)
    if not found or tag.endswith("/>") or found[2] in {"br", "img", "input", "hr", "wbr", "col"}:
        return
    if not found[1]:
        open_.append(found[2])
    elif found[2] in open_:
        del open_[len(open_) - 1 - open_[::-1].index(found[2]) :]


def _is_prose(open_: list[str]) -> bool:
    inside = set(open_)
    heading = any(re.fullmatch(r"h[1-6]", name) for name in inside)
    return bool(inside & _OPEN) and not heading and not inside & _CLOSED
