"""Two transcripts side by side, step by step, with the parts marked that differ."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from markupsafe import Markup

from snippetlab.sgr import MOVED
from snippetlab.show.anchors import anchor
from snippetlab.show.block import Block
from snippetlab.show.caption import caption, head
from snippetlab.show.output import shown_text
from snippetlab.show.pieces import Marker, Piece, Pieces
from snippetlab.show.render import show
from snippetlab.show.step import Shown
from snippetlab.snippet.command import Command, flatten
from snippetlab.transcript import Step

Numbered = tuple[int, Command, Step]
_PART = re.compile(rf"{MOVED.pattern}|\w+|\s+|[^\w\s]")
"""What differs as a whole; a change of colour is one."""


def render_contrast(left: Block, right: Block) -> Markup:
    """The whole figure: a list of pairs, each pair the same step of both transcripts."""
    blocks = (left, right)
    names = [block.snippet.path.name for block in blocks]
    ids = [block.snippet.id for block in blocks]
    heads = (head(block, name) for block, name in zip(blocks, names, strict=True))
    return left.frame.templates.render(
        "contrast.html",
        anchor=anchor(ids),
        names=names,
        heads=[above for above in heads if above],
        pairs=[
            list(zip(names, ids, _pair(one, other, left, right), strict=True))
            for one, other in _aligned(_steps(left), _steps(right))
        ],
        captions=[caption(block, alone=False) for block in blocks],
    )


def _steps(block: Block) -> list[Numbered]:
    pairs = enumerate(zip(flatten(block.commands), block.steps, strict=True), 1)
    return [(number, *pair) for number, pair in pairs if not pair[0].hidden]


def _aligned(
    left: Sequence[Numbered], right: Sequence[Numbered]
) -> Iterator[tuple[Numbered | None, Numbered | None]]:
    """Steps with the same command face each other; between those, in order."""
    one, other = ([step.command for *_, step in side] for side in (left, right))
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for _, start, end, other_start, other_end in matcher.get_opcodes():
        for offset in range(max(end - start, other_end - other_start)):
            yield (
                left[start + offset] if start + offset < end else None,
                right[other_start + offset] if other_start + offset < other_end else None,
            )


def _pair(
    one: Numbered | None, other: Numbered | None, left: Block, right: Block
) -> Iterator[Shown | None]:
    for mine, theirs, block, facing in ((one, other, left, right), (other, one, right, left)):
        if mine is None:
            yield None
        else:
            mark = _marker(mine[2], theirs[2], block, facing) if theirs else _everything
            yield show(*mine, block, mark)


def _marker(step: Step, against: Step, block: Block, facing: Block) -> Marker:
    """Marks the words of one step that the other has not, and a status that differs."""
    others = {
        "command": against.command,
        "output": shown_text(against.output, facing.snippet.volatile),
        "errors": shown_text(against.errors, facing.snippet.volatile),
    }

    def mark(part: str, text: str) -> Pieces:
        if part != "status":
            return list(_differences(text, others[part]))
        if step.status == against.status:
            return [Piece(text)] if text else []
        # 0 too, which is not shown elsewhere.
        status = block.frame.words["transcript"]["status"].format(step.status)
        return [Piece(status, differs=True)]

    return mark


def _everything(_: str, text: str) -> Pieces:
    return list(_marked(text))


def _differences(text: str, other: str) -> Iterator[Piece]:
    words, others = (_PART.findall(side) for side in (text, other))
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    for kind, start, end, _, _ in matcher.get_opcodes():
        piece = "".join(words[start:end])
        yield from [Piece(piece)] if kind == "equal" else _marked(piece)


def _marked(text: str) -> Iterator[Piece]:
    """A mark on each line of the text that has something in it."""
    for line in re.findall(r"[^\n]+|\n", text):
        yield Piece(line, differs=bool(line.strip()))
