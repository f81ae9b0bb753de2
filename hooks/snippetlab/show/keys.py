"""What was typed while a step ran, set apart in what the terminal showed."""

from collections.abc import Iterator, Sequence

from snippetlab.show.pieces import Piece, Pieces
from snippetlab.transcript import Typed


def with_keys(pieces: Pieces, typed: Sequence[Typed]) -> Pieces:
    """The pieces of an output, without its last newline; what was typed in pieces of its own.

    What the terminal did not show, such as a password, gets a line to itself.
    """
    if not typed:
        return pieces
    lines = list(_lines(pieces))
    shown = list(lines)
    for one in reversed(typed):
        text = one.text.removesuffix("\\c")
        line = lines[one.below - 1] if 0 < one.below <= len(lines) else []
        if text and "".join(piece.text for piece in line).endswith(text):
            shown[one.below - 1] = list(_marked(line, len(text)))
        else:
            shown.insert(one.below, [Piece(one.text or " ", is_typed=True)])
    return list(_joined(shown))


def _lines(pieces: Pieces) -> Iterator[Pieces]:
    if not pieces:
        return
    line: list[Piece] = []
    for piece in pieces:
        first, *others = piece.text.split("\n")
        line.append(piece._replace(text=first))
        for text in others:
            yield line
            line = [piece._replace(text=text)]
    yield line


def _joined(lines: Sequence[Pieces]) -> Iterator[Piece]:
    for number, line in enumerate(lines):
        if number:
            yield Piece("\n")
        yield from (piece for piece in line if piece.text)


def _marked(line: Pieces, length: int) -> Iterator[Piece]:
    """The last characters are marked, so many."""
    start = sum(len(piece.text) for piece in line) - length
    for piece in line:
        before = max(0, min(start, len(piece.text)))
        start -= len(piece.text)
        yield piece._replace(text=piece.text[:before])
        yield piece._replace(text=piece.text[before:], is_typed=True)
