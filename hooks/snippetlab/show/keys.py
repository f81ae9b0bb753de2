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
        whole = "".join(piece.text for piece in line)
        if text and (whole.endswith(text) or (text[0] == "^" and text in whole)):
            shown[one.below - 1] = list(_marked(line, whole.rindex(text), len(text)))
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
        yield from (piece for piece in line if piece.text or piece.left_out)


def _marked(line: Pieces, start: int, length: int) -> Iterator[Piece]:
    """So many characters are marked."""
    for piece in line:
        first, last = (min(max(0, at), len(piece.text)) for at in (start, start + length))
        start -= len(piece.text)
        yield piece._replace(text=piece.text[:first])
        yield piece._replace(text=piece.text[first:last], is_typed=True)
        yield piece._replace(text=piece.text[last:])
