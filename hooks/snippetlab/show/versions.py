"""A transcript in the versions of its lab: which agree, and a panel for each that does not.

A switch shows one panel at a time, by radio buttons and style alone. Where these cannot work, on
paper and in text, the panels stand in a row, each with its label.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from snippetlab.compare.difference import Difference
from snippetlab.show.block import Block
from snippetlab.show.caption import facts, in_version
from snippetlab.show.pieces import Marker, Piece, Pieces
from snippetlab.show.step import Group
from snippetlab.snippet.snippet import in_language


@dataclass
class Marked:
    """What of a step differs in another version."""

    lines: set[tuple[bool, int]] = field(default_factory=set)
    """Each by its stream, and its number there; see compare/difference.py."""
    status: bool = False


Marks = Mapping[int, Marked]
"""Step, from 1 → what of it is marked."""


@dataclass(frozen=True)
class Panel:
    """The transcript in one version, as the templates have it."""

    number: int
    """From 1; the first is shown at first."""
    name: str
    """Of the version: `28`."""
    label: str
    """With the lab's name: `Docker 28`."""
    facts: tuple[str, ...]
    """What it ran with, and when it was verified."""
    groups: Sequence[Group]
    """Its steps, as those of a transcript without a switch."""


@dataclass(frozen=True)
class Switch:
    """What chooses among panels."""

    lab: str
    """By which a reader's choice is known."""
    title: str
    """The lab's name."""
    kind: str
    """Of change, in words; empty if nobody has said it."""
    why: str
    """A sentence, likewise."""
    panels: Sequence[Panel]


def switch_of(block: Block, groups: Callable[[Block, Marks], Sequence[Group]]) -> Switch | None:
    """The switch of a transcript that differs in some version; `groups` makes a panel's steps."""
    if not block.differing:
        return None
    own: dict[int, Marked] = defaultdict(Marked)
    marked: list[tuple[Block, Marks]] = [(block, own)]
    for other in block.differing:
        found: dict[int, Marked] = defaultdict(Marked)
        marked.append((other.block, found))
        for one in block.shown(other):
            _mark(own[one.step + 1], one, one.old)
            _mark(found[one.step + 1], one, one.new)
    snippet, words = block.snippet, block.frame.words
    changes, why = words.tables.get("changes", {}), snippet.differs
    begins = not (block.part and block.part.start)
    return Switch(
        snippet.lab,
        words["labs"].get(snippet.lab, snippet.lab),
        changes.get(why.kind, why.kind) if why else "",
        in_language(why.texts, words.language) if why else "",
        [
            Panel(
                number,
                one.snippet.version,
                in_version(block, one.snippet.version),
                facts(one) if begins else (),
                groups(one, marks),
            )
            for number, (one, marks) in enumerate(marked, 1)
        ],
    )


def _mark(marked: Marked, one: Difference, lines: Sequence[tuple[bool, int, str]]) -> None:
    marked.lines |= {(is_error, number) for is_error, number, _ in lines}
    marked.status = marked.status or one.ends_otherwise


def marker(plain: Marker, marked: Marked, status: str) -> Marker:
    """Marks whole lines, and the status, which is told also if it is 0; else as `plain` does."""

    def pieces(part: str, text: str) -> Iterator[Piece]:
        lines = text.split("\n")
        for number, line in enumerate(lines):
            if line.strip() and (part == "errors", number) in marked.lines:
                yield Piece(line, differs=True)
            else:
                yield from plain(part, line)
            if number + 1 < len(lines):
                yield Piece("\n")

    def mark(part: str, text: str) -> Pieces:
        if part in ("output", "errors"):
            return list(pieces(part, text))
        if part == "status" and marked.status:
            return [Piece(status, differs=True)]
        return plain(part, text)

    return mark
