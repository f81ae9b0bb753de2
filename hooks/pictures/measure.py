"""How wide a text will be, roughly: the reader may have other fonts than the site's."""

import unicodedata
from collections.abc import Iterator

SIZES = {"head": 14.0, "plain": 14.0, "code": 13.0, "note": 12.0}
"""Look of a text → its size."""
LEADING = 1.35
"""From line to line, in sizes."""
_NARROW = frozenset("iIljtfr.,:;'|!()[]/ -")
_BROAD = frozenset("mwMW@—%&→←")


def width(words: str, look: str) -> float:
    """In units of the drawing."""
    return SIZES[look] * sum(_advance(letter, look) for letter in words)


def lines(words: str, look: str, room: float) -> Iterator[str]:
    """Broken at blanks, and a word that is too long anywhere."""
    line = ""
    for word in words.split(" "):
        joined = f"{line} {word}" if line else word
        if width(joined, look) <= room:
            line = joined
            continue
        if line:
            yield line
        line = word
        while width(line, look) > room and len(line) > 1:
            fits = next(
                n for n in range(len(line) - 1, 0, -1) if n == 1 or width(line[:n], look) <= room
            )
            yield line[:fits]
            line = line[fits:]
    yield line


def _advance(letter: str, look: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 0.93
    if look == "code":
        return 0.61
    bold = 1.06 if look == "head" else 1.0
    if letter in _NARROW:
        return 0.36 * bold
    if letter in _BROAD:
        return 0.92 * bold
    return (0.66 if letter.isupper() or letter.isdigit() else 0.58) * bold
