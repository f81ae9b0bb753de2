"""The front matter of a page: what it may say, and how.

What MkDocs cannot read of it, it shows as text; what it does not know, it passes over.
"""

import json
import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

import yaml

from snippetlab.errors import Cure, SourceError
from snippetlab.plain_yaml import Loader, load
from snippetlab.show.page import Page

KEYS = {
    "title": "text",
    "description": "text",
    "no-transcript": "text",
    "template": "text",
    "hide": "list",
}
"""What has a meaning on this site; `hide` is the theme's, `no-transcript` a check's."""
HIDDEN = ("navigation", "toc", "path", "footer", "feedback", "tags")
_LINE = re.compile(r"(?P<key>[A-Za-z][\w-]*):[ \t]+(?P<value>\S.*?)[ \t]*")
_METADATA = re.compile(r" {0,3}[\w-]+:(?:\s|$)", re.ASCII)
"""What MkDocs takes for metadata where a page does not begin with `---`."""


@lru_cache(maxsize=512)
def title_of(page: Page) -> str:
    """As the front matter has it; empty if it has none, or cannot be read."""
    try:
        read = load("\n".join(page.lines[1 : max(page.start - 2, 1)]))
    except yaml.YAMLError:
        return ""
    return str(read.get("title") or "").strip() if isinstance(read, dict) else ""


def check_front_matter(page: Page) -> None:
    """Raises SourceError for the first mistake."""
    for fault in _faults(page):
        raise fault


def _faults(page: Page) -> Iterator[SourceError]:
    if page.start == 1:
        yield from _outside(page)
        return
    lines = page.lines[1 : page.start - 2]
    text = "\n".join(lines)
    try:
        root = yaml.compose(text, Loader)
        load(text)  # as MkDocs will, which also refuses tags
    except yaml.YAMLError as error:
        yield _unreadable(page, lines, error)
        return
    if not isinstance(root, yaml.MappingNode):
        text = "Write it like: title: A title; or take out the two lines of ---."
        cure = Cure("front-matter-mapping", text)
        yield SourceError(page.path, 1, "the front matter is no list of `key: value`", cure)
        return
    seen: set[str] = set()
    for key, value in root.value:
        line, name = key.start_mark.line + 2, str(key.value)
        if name not in KEYS:
            nearest = get_close_matches(name.lower(), KEYS, n=1)
            text = f"Did you mean `{nearest[0]}`?" if nearest else f"Remove it: {name}."
            cure = Cure("front-matter-key", f"{text} Known: {', '.join(KEYS)}.")
            yield SourceError(page.path, line, f"unknown key `{name}` in the front matter", cure)
        elif name in seen:
            cure = Cure("front-matter-twice", "Remove one of the two.")
            yield SourceError(page.path, line, f"`{name}` stands twice in the front matter", cure)
        else:
            yield from _value_faults(page, name, value)
        seen.add(name)


def _outside(page: Page) -> Iterator[SourceError]:
    """Of a page that has no front matter, or none that MkDocs finds."""
    first = next((n for n, line in enumerate(page.lines) if line.strip()), None)
    if first is None:
        return
    follows = page.lines[first + 1] if first + 1 < len(page.lines) else ""
    if page.lines[first].strip() == "---" and _METADATA.match(follows):
        if first or page.lines[0].startswith(" "):
            cure = Cure("front-matter-first", "Remove what is before its ---, blank lines too.")
            message = "the front matter does not begin in the first line"
        else:
            cure = Cure("front-matter-end", "End it with a line of ---.")
            message = "the front matter does not end"
        yield SourceError(page.path, first + 1, message, cure)
    elif not first and _METADATA.match(page.lines[0]):
        key = page.lines[0].split(":")[0].strip()
        text = f"Put `{key}` between two lines of ---; or, if it is prose, a blank line before it."
        message = "the first line would be taken for metadata, and not be shown"
        yield SourceError(page.path, 1, message, Cure("front-matter-marks", text))


def _unreadable(page: Page, lines: tuple[str, ...], error: yaml.YAMLError) -> SourceError:
    at, what = 0, "it has a sign that may not be there"
    if isinstance(error, yaml.MarkedYAMLError):
        at = error.problem_mark.line if error.problem_mark else 0
        what = error.problem or error.context or ""
    elif isinstance(error, yaml.reader.ReaderError):
        at = "\n".join(lines).count("\n", 0, error.position)
    at = min(at, len(lines) - 1)
    # A quotation mark without its partner is noticed only further down.
    opened = [n for n, line in enumerate(lines) if re.search(r": *(['\"])(?:(?!\1).)*$", line)]
    at = opened[0] if opened else at
    text = "Write one `key: value` in a line, all in one column."
    if found := _LINE.fullmatch(lines[at]):
        line = f"{found['key']}: {_quoted(found['value'])}"
        if _is_readable([*lines[:at], line, *lines[at + 1 :]]):
            text = f"Quote it: {line}"
    message = f"the front matter is no YAML: {what}"
    return SourceError(page.path, at + 2, message, Cure("front-matter-yaml", text))


def _is_readable(lines: list[str]) -> bool:
    try:
        return isinstance(load("\n".join(lines)), dict)
    except yaml.YAMLError:
        return False


def _quoted(value: str) -> str:
    return json.dumps(value.strip("\"'"), ensure_ascii=False)


def _value_faults(page: Page, name: str, value: yaml.Node) -> Iterator[SourceError]:
    line = value.start_mark.line + 2
    if KEYS[name] == "text":
        shown = str(value.value) if isinstance(value, yaml.ScalarNode) else ""
        rest = page.lines[value.end_mark.line + 1][value.end_mark.column :].strip()
        message = f"`{name}` must be text"
        if plain := isinstance(value, yaml.ScalarNode) and not value.style and rest:
            message, shown = f"`{name}` ends before the #", f"{shown} {rest}"
        if sign := re.search(r"[<\"]", shown):
            text = "Say it without: it goes into the page's head as it is."
            cure = Cure("front-matter-sign", text)
            yield SourceError(page.path, line, f"`{name}` cannot hold {sign[0]!r}", cure)
        elif plain or value.tag != "tag:yaml.org,2002:str" or not shown.strip():
            cure = Cure("front-matter-text", f"Quote it: {name}: {_quoted(shown or '…')}")
            yield SourceError(page.path, line, message, cure)
        return
    parts = value.value if isinstance(value, yaml.SequenceNode) else [value]
    for part in parts:
        if not isinstance(value, yaml.SequenceNode) or part.value not in HIDDEN:
            text = f"Write it like {name}: [toc], with some of: {', '.join(HIDDEN)}."
            message = f"`{name}` cannot be {part.value!r}"
            cure = Cure("front-matter-hide", text)
            yield SourceError(page.path, part.start_mark.line + 2, message, cure)
