"""The `snippet` fence: finding it in a page, and what stands in its body.

```snippet
isolation/uts
fold: 10
to: unshare
note unshare: The shell inside has a hostname of its own.
```
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from snippetlab.errors import Cure, SourceError
from snippetlab.registry import VERSION
from snippetlab.show.anchors import anchor, part_anchor
from snippetlab.show.meant import meant_option
from snippetlab.show.note import Note, find_notes
from snippetlab.show.openings import check_openings
from snippetlab.show.page import FencedBlock, Page, read_page
from snippetlab.snippet.snippet import OF

OPTIONS = ("fold", "from", "to", "note")
"""What may stand in a `snippet` fence besides ids."""


class FenceError(ValueError):
    """A body that cannot be understood; `line` counts from 1 within the body."""

    def __init__(self, line: int, message: str, cure: Cure) -> None:
        super().__init__(f"{message}. {cure}")
        self.line = line
        self.message = message
        self.cure = cure


@dataclass(frozen=True)
class StepName:
    """The name of a step, where a fence has it."""

    name: str
    line: int
    """Within the fence's body, from 1."""


@dataclass(frozen=True)
class Fence:
    """What a page asks for."""

    ids: tuple[str, ...]
    """One snippet, or two side by side."""
    fold: int | None = None
    """Lines of a step's output that are shown at once; the rest folds away."""
    start: StepName | None = None
    """With which step the part of the run begins that is shown; None for the first."""
    end: StepName | None = None
    """With which it ends; None for the last."""
    notes: tuple[Note, ...] = ()
    """What is said of steps."""
    experiment: bool = False
    """Whether it is a fence `experiment`, which shows one with its predictions."""

    @property
    def is_part(self) -> bool:
        """Whether it shows a part of a run."""
        return bool(self.start or self.end)

    @property
    def anchor(self) -> str:
        """Where on the page it stands: the part that begins a run is where the run is."""
        return part_anchor(anchor(self.ids), self.start.name if self.start else "")


@dataclass(frozen=True)
class Reference:
    """A fence in a page."""

    page: Path
    line: int
    """Of the fence's first id, from 1."""
    fence: Fence
    opening: int = 0
    """The line of its opening mark, after which those of the body are counted."""


def _meant(text: str) -> str:
    """The option that the line is nearly; a sentence may begin with such a word, too."""
    meant = meant_option(text, OPTIONS)
    if meant.startswith("note "):
        return meant if text.lower().startswith("note") or ":" in text else ""
    return meant if len(text.split()) <= 2 else ""


def parse_fence(body: str) -> Fence:
    """One id or two, then options, one a line. Raises FenceError."""
    lines = body.split("\n")
    read = _Body(tuple(find_notes(lines)))
    noted = {note.line + n for note in read.notes for n in range(len(note.lines))}
    for number, line in enumerate(lines, 1):
        if number not in noted and (text := line.strip()):
            read.add(number, text, follows_note=number - 1 in noted)
    return read.fence()


@dataclass
class _Body:
    """What was read of it."""

    notes: tuple[Note, ...]
    ids: list[str] = field(default_factory=list)
    fold: int | None = None
    ends: dict[str, StepName] = field(default_factory=dict)
    """Those of the options `from` and `to`."""

    def add(self, number: int, text: str, *, follows_note: bool) -> None:
        """A line that belongs to no note."""
        name, colon, value = (part.strip() for part in text.partition(":"))
        if colon and name in OPTIONS and name != "note":
            self._add_option(number, name, value)
        elif colon or _meant(text) or " " in text:
            raise _no_id(number, text, follows_note=follows_note)
        elif len(self.ids) == 2:
            cure = Cure("third-id", "A contrast has two sides: give this one a fence of its own.")
            raise FenceError(number, f"a third id, {text!r}", cure)
        elif OF in text:
            raise _no_snippet(number, text)
        else:
            self.ids.append(text)

    def _add_option(self, number: int, name: str, value: str) -> None:
        if name in self.ends or (name == "fold" and self.fold):
            cure = Cure("option-twice", "Remove one of the two.")
            raise FenceError(number, f"the option `{name}` stands here twice", cure)
        if name != "fold":
            if not re.fullmatch(r"[^\s:]+", value):
                cure = Cure("option-step", f"Name one step: {name}: NAME")
                raise FenceError(number, f"`{name}` must be the name of a step", cure)
            self.ends[name] = StepName(value, number)
        elif not re.fullmatch(r"[1-9]\d{0,3}", value):
            cure = Cure("fence-number", f"Such as: {name}: 10")
            raise FenceError(number, f"`{name}` must be a number of lines", cure)
        else:
            self.fold = int(value)

    def fence(self) -> Fence:
        """All of it. Raises FenceError."""
        if not self.ids:
            cure = Cure("no-id", "Put its id in the body: isolation/uts")
            raise FenceError(1, "the fence names no snippet", cure)
        self._check_notes()
        lines = [*(one.line for one in self.ends.values()), *(one.line for one in self.notes)]
        if lines and len(self.ids) == 2:
            text = "Give each of the two a fence of its own, or say it in the text below this one."
            message = "a contrast has neither parts nor notes"
            raise FenceError(min(lines), message, Cure("contrast-option", text))
        start, end = map(self.ends.get, ("from", "to"))
        return Fence(tuple(self.ids), self.fold, start, end, self.notes)

    def _check_notes(self) -> None:
        lines: dict[str, int] = {}
        for note in self.notes:
            if not note.text:
                cure = Cure("note-text", f"Write it after the colon: note {note.step}: …")
                raise FenceError(note.line, f"the note at `{note.step}` says nothing", cure)
            if lines.setdefault(note.step, note.line) != note.line:
                text = "Let one note say both; it goes on in lines that are indented."
                message = f"the step `{note.step}` has a second note"
                raise FenceError(note.line, message, Cure("note-twice", text))


def parse_experiment(body: str) -> Fence:
    """One id. Raises FenceError."""
    words = body.split()
    if len(words) != 1 or OF not in words[0]:
        cure = Cure("experiment-id", "Let it hold the id of one experiment: isolation/uts@mount")
        raise FenceError(1, "the fence does not name one experiment", cure)
    return Fence((words[0],), experiment=True)


def _no_snippet(line: int, text: str) -> FenceError:
    id_, _, name = text.partition(OF)
    if re.fullmatch(VERSION, name):
        cure = Cure("version-shown", f"Write the id alone, which shows all versions: {id_}")
        return FenceError(line, f"{text} is one version of a snippet", cure)
    cure = Cure("experiment-kind", "Begin its fence with ```experiment.")
    return FenceError(line, f"{text} is an experiment", cure)


def _no_id(line: int, text: str, *, follows_note: bool) -> FenceError:
    words = text.split()
    if re.match(r"note\s*[:=]", text):
        cure = Cure("note-step", "Write between the two the name of the step: note NAME: …")
        return FenceError(line, f"{text!r} names no step", cure)
    if meant := _meant(text):
        cure = Cure("meant-option", f"Did you mean `{meant}`?")
        return FenceError(line, f"{text!r} is no id", cure)
    if follows_note:
        cure = Cure("note-indent", "Indent it by two blanks: so the note above goes on.")
        return FenceError(line, f"{text!r} is neither an id nor an option", cure)
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
    return Reference(page, block.line + line, fence, block.line)


_PARSERS = {"snippet": parse_fence, "experiment": parse_experiment}
"""Kind of fence → what reads its body."""
