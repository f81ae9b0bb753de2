"""What the HTML of a page may hold: text, pictures of its own, and nothing that acts.

Seen in what Markdown made of the page, by the rules of browsers. A browser's tag begins at one of
the places where a letter follows `<`, so each of them is taken for one, in comments and in
attributes too: what is refused may be harmless, what is let through is.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from snippetlab.errors import Cure, SourceError
from snippetlab.files import read_source

ELEMENTS = {
    *("a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "button"),
    *("caption", "cite", "code", "col", "colgroup", "data", "dd", "del", "details", "dfn", "div"),
    *("dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("header", "hr", "i", "img", "ins", "kbd", "li", "mark", "nav", "noscript", "ol", "p", "pre"),
    *("q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strong", "sub"),
    *("summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul"),
    *("var", "wbr", "circle", "desc", "defs", "ellipse", "g", "line", "marker", "path", "polygon"),
    *("polyline", "rect", "svg", "text", "title", "tspan"),
}
"""Of HTML, and of drawings. None loads or sends anything, but for `img`."""
_SWITCH = re.compile(
    r'<label><input type="radio" name="[a-z0-9-]+-version" value="[\w.-]+" data-number="\d"'
    r"(?: checked)?>"
)
"""Of a transcript in several versions, as its template writes it: to choose one, and no more."""
_DRAWN = ELEMENTS | {"style"}
_SPACE = r"[\t\n\f\r ]"
_TAG = re.compile(r"<([a-zA-Z][^\t\n\f\r />]*)")
_ATTRIBUTE = re.compile(
    rf"(?:{_SPACE}|/)*([^\t\n\f\r />][^\t\n\f\r />=]*)"
    rf"(?:{_SPACE}*={_SPACE}*(\"[^\"]*\"?|'[^']*'?|[^\t\n\f\r >\"'][^\t\n\f\r >]*))?"
)
_LINKING = ("cite", "href")
_LOADING = (
    *("action", "background", "data", "data-machine", "formaction", "http-equiv", "manifest"),
    *("ping", "poster", "src", "srcdoc"),
)
_ADDRESSES = (*_LINKING, *_LOADING, "srcset")
# May be none: then the tags are looked at. They overlap, since what looks like a value may be text.
_WITHIN = r"[.#]|/(?=[\w.])|[\w-]+[./#\"'?]|\"|'"
_SUSPECT = re.compile(
    rf"[\t\n\f\r \"'/:](?:(?:on[^\t\n\f\r />=]*|srcset){_SPACE}*="
    rf"|(?:{'|'.join(_LINKING)}){_SPACE}*=(?!{_SPACE}*[\"'](?:https?://|mailto:|{_WITHIN}))"
    rf"|data-md-|(?:id|name){_SPACE}*={_SPACE}*[\"']?[_&\t\n\f\r ]"
    rf"|(?:{'|'.join(_LOADING)}){_SPACE}*=(?!{_SPACE}*[\"'](?:{_WITHIN})))",
    re.IGNORECASE,
)
_HARMLESS = ("http", "https", "mailto")
_LOADS = re.compile(r"@import|url\((?!#)|<[!?]|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)", re.I)


def faults(path: Path, html: str) -> Iterator[SourceError]:
    """What a page's own part, as Markdown made it, may not hold; `path` is its source."""
    html = _SWITCH.sub("", html)
    if strange := {name.lower() for name in _TAG.findall(html)} - ELEMENTS:
        yield from (_element(path, name) for name in sorted(strange))
    if _SUSPECT.search(html):
        yield from _attributes(path, html)


def drawing_faults(path: Path) -> Iterator[SourceError]:
    """What an SVG file may not hold, which a browser shows as a document of its own, too."""
    text = read_source(path)
    if strange := set(_TAG.findall(text)) - _DRAWN:
        yield from (_element(path, name) for name in sorted(strange))
    if _SUSPECT.search(text):
        yield from _attributes(path, text)
    if found := _LOADS.search(text):
        message = f"`{found[0]}` in a drawing could load something else"
        line = text.count("\n", 0, found.start()) + 1
        yield SourceError(path, line, message, Cure("drawing-loads", "Take it out."))


def _attributes(path: Path, html: str) -> Iterator[SourceError]:
    for tag in _TAG.finditer(html):
        place = tag.end()
        while found := _ATTRIBUTE.match(html, place):
            # Of `x:href` any prefix may be that of XLink.
            name = found[1].lower().rpartition(":")[2]
            value = unescape((found[2] or "").strip("\"'"))
            if name.startswith("on"):
                cure = Cure("markup-handler", f"Take out `{name}`: pages have no scripts.")
                message = f"`{tag[1]}` has the event handler `{name}`"
                yield SourceError(path, _line(path, name), message, cure)
            elif name.startswith("data-md-") or (
                name in ("id", "name") and value.strip().startswith("_")
            ):
                cure = Cure("markup-own", "Give it another: these are the theme's own.")
                message = f"`{tag[1]}` cannot have `{name}={value[:80]}`"
                yield SourceError(
                    path, _line(path, f"{name}={value}", value, f"{name}="), message, cure
                )
            elif name in _ADDRESSES and not _is_harmless(name, value):
                text = "Link to https:, or to what is in the site; load only what is in the site."
                message = f"`{name}` of `{tag[1]}` cannot be {value[:80]!r}"
                yield SourceError(
                    path, _line(path, value, name), message, Cure("markup-address", text)
                )
            place = found.end()


def _is_harmless(name: str, value: str) -> bool:
    """As browsers read addresses: https://url.spec.whatwg.org/#concept-basic-url-parser."""
    address = re.sub(r"[\t\n\r]", "", value.lstrip("".join(map(chr, range(33)))))
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", address, re.IGNORECASE)
    if name in _LINKING:
        return not scheme or scheme[1].lower() in _HARMLESS
    if name in ("http-equiv", "srcdoc", "srcset"):
        return False
    return not scheme and not re.match(r"[/\\]{2}", address)


def _element(path: Path, name: str) -> SourceError:
    text = f"Take `<{name}>` out: pages have text, and pictures that are in the site."
    message = f"a page cannot have the element `{name}`"
    return SourceError(path, _line(path, f"<{name}"), message, Cure("markup-element", text))


def _line(path: Path, *texts: str) -> int:
    """The first line of the source that holds one of the texts, from 1."""
    lines = read_source(path).lower().split("\n") if path.is_file() else []
    for text in texts:
        for number, line in enumerate(lines, 1):
            if text and text.lower() in line:
                return number
    return 1
