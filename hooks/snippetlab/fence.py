"""The `snippet` fence: finding it in a page, and what stands in its body.

```snippet
isolation/uts
fold: 10
```
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from snippetlab.errors import SourceError
from snippetlab.files import read_source

KINDS = ("snippet", "chart")
"""The kinds of fence that the engine knows; all others are code."""
OPTIONS = ("fold",)
_FENCE = re.compile(r"(?P<indent>[ \t]*(?:>[ ]?)*)(?P<mark>`{3,}|~{3,})(?P<info>.*)")


class FenceError(ValueError):
    """A body that cannot be understood; `line` counts from 1 within the body."""

    def __init__(self, line: int, message: str, cure: str) -> None:
        super().__init__(f"{message}. {cure}")
        self.line = line
        self.message = message
        self.cure = cure


@dataclass(frozen=True)
class Fence:
    """What a page asks for."""

    ids: tuple[str, ...]
    """One snippet, or two side by side."""
    fold: int | None = None
    """Lines of a step's output that are shown at once; the rest folds away."""


@dataclass(frozen=True)
class Reference:
    """A fence in a page."""

    page: Path
    line: int
    """Of the fence's first id, from 1."""
    fence: Fence


def meant_option(text: str, options: Sequence[str]) -> str:
    """`name: value` where a line looks like an option written otherwise; nothing if not."""
    found = re.fullmatch(r"([\w-]+)(?:\s*[:=]\s*|\s+|$)(.*)", text)
    nearest = get_close_matches(found[1].lower(), options, n=1) if found else []
    return f"{nearest[0]}: {found[2] or '…'}" if found and nearest else ""


def parse_fence(body: str) -> Fence:
    """One id or two, then options, one a line. Raises FenceError."""
    ids: list[str] = []
    options = {}
    for number, line in enumerate(body.split("\n"), 1):
        if not (text := line.strip()):
            continue
        name, colon, value = (part.strip() for part in text.partition(":"))
        if not colon:
            if meant := meant_option(text, OPTIONS):
                raise FenceError(number, f"{text!r} is no id", f"Did you mean `{meant}`?")
            if len(ids) == 2:
                raise FenceError(number, f"a third id, {text!r}", "A contrast has two sides.")
            ids.append(text)
        elif name not in OPTIONS:
            nearest = get_close_matches(name, OPTIONS, n=1)
            hint = f"Did you mean `{nearest[0]}`?" if nearest else "Remove it."
            cure = f"{hint} Known options: {', '.join(OPTIONS)}."
            raise FenceError(number, f"unknown option `{name}`", cure)
        elif not re.fullmatch(r"[1-9]\d{0,3}", value):
            raise FenceError(number, f"`{name}` must be a number of lines", "Such as: fold: 10")
        else:
            options[name] = int(value)
    if not ids:
        raise FenceError(1, "the fence names no snippet", "Put its id in the body: isolation/uts")
    return Fence(tuple(ids), **options)


def find_references(page: Path) -> Iterator[Reference]:
    """All snippet fences of a page. Raises SourceError for one that cannot be understood."""
    for start, body in find_fences(page, "snippet"):
        yield _reference(page, start, body)


def find_fences(page: Path, name: str) -> Iterator[tuple[int, list[str]]]:
    """The fences of that name: the line each begins in, and the lines of its body.

    Raises SourceError for one with something on its info line, or without an end, and for
    one whose name is close to one of the engine's: it would be shown as code.
    """
    mark, body, start, wanted = "", [""], 0, False
    for number, line in enumerate(read_source(page).split("\n"), 1):
        found = _FENCE.fullmatch(line)
        if mark:
            closes = found and not found["info"].strip() and found["mark"].startswith(mark)
            if not closes:
                body.append(line)
                continue
            if wanted:
                yield start, body
            mark = ""
        elif found:
            mark, body, start = found["mark"], [], number
            wanted = _is_wanted(page, number, found["info"].strip(), name)
    if mark and wanted:
        raise SourceError(page, start, f"the {name} fence does not end", f"Close it with {mark}.")


def _is_wanted(page: Path, line: int, info: str, wanted: str) -> bool:
    name, *rest = info.split()[:2] or [""]
    if name == wanted and rest:
        cure = "Put what it shows and its options in the fence's body, one a line."
        raise SourceError(page, line, f"the {name} fence has something on its info line", cure)
    if name in KINDS:
        return name == wanted
    # Closer than languages are, such as `script` to `snippet`.
    if nearest := get_close_matches(name.lower(), KINDS, n=1, cutoff=0.8):
        cure = f"Did you mean `{nearest[0]}`?"
        raise SourceError(page, line, f"unknown kind of fence `{name}`", cure)
    return False


def _reference(page: Path, start: int, body: list[str]) -> Reference:
    try:
        fence = parse_fence("\n".join(body))
    except FenceError as error:
        raise SourceError(page, start + error.line, error.message, error.cure) from None
    line = next(number for number, text in enumerate(body, 1) if text.strip() == fence.ids[0])
    return Reference(page, start + line, fence)
