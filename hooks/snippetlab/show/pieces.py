"""Text in pieces, each marked as a whole or not at all."""

from collections.abc import Callable, Sequence
from typing import NamedTuple


class Piece(NamedTuple):
    """Text that is marked as a whole, or not at all."""

    text: str
    differs: bool = False
    """From the other side of a contrast."""
    title: str = ""
    """What is to be said of a value that differs from run to run."""
    classes: str = ""
    """Of its colours and weight."""
    left_out: bool = False
    """Whether it stands for lines that are not shown."""
    is_typed: bool = False
    """Whether it was typed while the step ran."""


Pieces = Sequence[Piece]
"""Those that are marked hold no line ends."""
Marker = Callable[[str, str], Pieces]
"""A part of a step (`command`, `output`, `errors` or `status`) and its text → its pieces."""
