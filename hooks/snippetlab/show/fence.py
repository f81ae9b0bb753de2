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
from typing import Any

from snippetlab.errors import Cure, SourceError
from snippetlab.show.openings import check_openings
from snippetlab.show.page import FencedBlock, Page, read_page
from snippetlab.snippet.experiment import OF

OPTIONS = ("fold",)
"""What may stand in a `snippet` fence besides ids."""


class FenceError(ValueError):
    """A body that cannot be understood; `line` counts from 1 within the body."""

    def __init__(self, line: int, message: str, cure: Cure) -> None:
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
    experiment: bool = False
    """Whether it is a fence `experiment`, which shows one with its predictions."""


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
    options: dict[str, Any] = {}
    for number, line in enumerate(body.split("\n"), 1):
        if not (text := line.strip()):
            continue
        name, colon, value = (part.strip() for part in text.partition(":"))
        if colon and name in OPTIONS:
            if not re.fullmatch(r"[1-9]\d{0,3}", value):
                cure = Cure("fence-number", f"Such as: {name}: 10")
                raise FenceError(number, f"`{name}` must be a number of lines", cure)
            options[name] = int(value)
        elif colon or meant_option(text, OPTIONS) or " " in text:
            raise _no_id(number, text)
        elif len(ids) == 2:
            cure = Cure("third-id", "A contrast has two sides: give this one a fence of its own.")
            raise FenceError(number, f"a third id, {text!r}", cure)
        elif OF in text:
            cure = Cure("experiment-kind", "Begin its fence with ```experiment.")
            raise FenceError(number, f"{text} is an experiment", cure)
        else:
            ids.append(text)
    if not ids:
        cure = Cure("no-id", "Put its id in the body: isolation/uts")
        raise FenceError(1, "the fence names no snippet", cure)
    return Fence(tuple(ids), **options)


def parse_experiment(body: str) -> Fence:
    """One id. Raises FenceError."""
    words = body.split()
    if len(words) != 1 or OF not in words[0]:
        cure = Cure("experiment-id", "Let it hold the id of one experiment: isolation/uts@mount")
        raise FenceError(1, "the fence does not name one experiment", cure)
    return Fence((words[0],), experiment=True)


def _no_id(line: int, text: str) -> FenceError:
    words = text.split()
    if meant := meant_option(text, OPTIONS):
        cure = Cure("meant-option", f"Did you mean `{meant}`?")
        return FenceError(line, f"{text!r} is no id", cure)
    if all("/" in word for word in words):
        cure = Cure("ids-on-one-line", f"Put each on a line of its own: {' / '.join(words)}")
        return FenceError(line, f"{len(words)} ids on one line", cure)
    if found := re.fullmatch(r"([a-z-]+): *\S+", text):
        cure = Cure("unknown-option", f"Remove it. Known options: {', '.join(OPTIONS)}.")
        return FenceError(line, f"unknown option `{found[1]}`", cure)
    cure = Cure("no-id-nor-option", "Put it below the closing mark of the fence.")
    return FenceError(line, f"{text!r} is neither an id nor an option", cure)


def find_references(page: Path | Page) -> Iterator[Reference]:
    """All fences of a page that show snippets or experiments.

    Raises SourceError for one that cannot be understood.
    """
    read = read_page(page)
    for block in find_fences(read, *_PARSERS):
        yield _reference(read.path, block)


def find_fences(page: Path | Page, *kinds: str) -> Iterator[FencedBlock]:
    """The fences of those kinds that are rendered, in their order.

    Raises SourceError for what looks like one of the engine's fences and is not rendered as one.
    """
    read = read_page(page)
    check_openings(read)
    yield from (block for block in read.blocks if block.kind in kinds)


def _reference(page: Path, block: FencedBlock) -> Reference:
    try:
        fence = _PARSERS[block.kind]("\n".join(block.body))
    except FenceError as error:
        raise SourceError(page, block.line + error.line, error.message, error.cure) from None
    texts = (text.strip() for text in block.body)
    line = next(number for number, text in enumerate(texts, 1) if text == fence.ids[0])
    return Reference(page, block.line + line, fence)


_PARSERS = {"snippet": parse_fence, "experiment": parse_experiment}
"""Kind of fence → what reads its body."""
