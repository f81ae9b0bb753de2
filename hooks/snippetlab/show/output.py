"""What is shown of an output: text, and the same in pieces with their colours."""

import re

from snippetlab import sgr
from snippetlab.compare.elision import elided
from snippetlab.compare.kinds import Volatile
from snippetlab.show.colours import classes
from snippetlab.show.pieces import Piece, Pieces

_EMOJI = "[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]"
"""What a joiner makes one emoji of: pictures, arrows, and what chooses among their forms."""
_UNSEEN = (
    r"[\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


_LEFT_OUT = "\U0010ffff"
"""In the place of lines that are left out."""
_OURS = "[\U0010f000-\U0010f07f\U0010ffff]"
"""Characters that mean something here, and nothing in Unicode."""


def shown_text(printed: bytes, rules: Volatile) -> str:
    """What of a step's output or errors is shown: `coloured` makes pieces of it."""
    if not rules.elided:
        text = visible(printed)
    else:
        output = printed.decode("utf-8", "surrogateescape")
        parts = elided(output, rules.elided)
        text = "".join(
            f"{_LEFT_OUT}\n" if left_out else visible(line.encode("utf-8", "surrogateescape"))
            for left_out, line in parts
        )
    *lines, tail = text.split("\n")
    # A colour may end after the last line does; that makes no line of its own.
    return "\n".join(lines) if lines and not any(t for _, t in sgr.runs(tail)) else text


def coloured(pieces: Pieces) -> Pieces:
    """The same parted where the style changes, and where lines are left out."""
    if not any(sgr.is_set_apart(piece.text) or _LEFT_OUT in piece.text for piece in pieces):
        return pieces
    found, style = [], sgr.PLAIN
    for piece in pieces:
        for style, text in sgr.runs(piece.text, style):  # noqa: B020
            for number, part in enumerate(text.split(_LEFT_OUT)):
                if number:
                    found.append(Piece("", left_out=True))
                if part:
                    found.append(piece._replace(text=part, classes=classes(style)))
    return found


def visible(output: bytes) -> str:
    """Text that shows what is there: controls as pictures, bad bytes as U+FFFD; colours set apart.

    Bidirectional overrides would let text lie to its reader, and what has no shape would hide in
    it: both are shown as their names. A joiner between emoji makes one of them, and is not.
    """
    text = output.decode("utf-8", "replace")
    text = re.sub(_OURS, lambda found: f"<U+{ord(found[0]):04X}>", text)
    text = sgr.set_apart(text)
    text = re.sub(r"[\x00-\x08\x0b-\x1f]", lambda found: chr(0x2400 + ord(found[0])), text)
    return re.sub(
        rf"(?<={_EMOJI})\u200d(?={_EMOJI})|({_UNSEEN})",
        lambda found: f"<U+{ord(found[1]):04X}>" if found[1] else found[0],
        text,
    )
