"""Steps as the templates have them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from snippetlab.show.block import Noted
from snippetlab.show.pieces import Pieces


class Typed(NamedTuple):
    """A line of a command."""

    prompt: str
    pieces: Sequence[tuple[Sequence[tuple[str, bool]], bool]]
    """Each as words, with whether that is to be kept whole, and whether all of it differs."""
    is_last: bool
    is_silent: bool
    """Whether its prompt says nothing to who hears it letter by letter."""


@dataclass(frozen=True)
class Shown:
    """A step as the templates have it."""

    typed: Sequence[Typed]
    """The lines of its command."""
    output: Sequence[tuple[str, Pieces]]
    """What is shown at once, and what is folded: that has a summary."""
    errors: Sequence[tuple[str, Pieces]]
    """Standard error, where it is told apart, likewise."""
    status: Pieces
    """Empty if it needs not be told."""
    name: str
    """Empty for most; one that has a name has an anchor too."""
    key: str
    """What scripts know it by: its name, or else its number in the run."""
    anchor: str
    side: str
    """The terminal it belongs to, where there are two: `host` or `inside`."""
    note: Noted | None
    """What the page says of it."""

    @property
    def is_silent(self) -> bool:
        """Whether it shows nothing but its command."""
        return not (self.output or self.errors or self.status)


Group = tuple[str, Sequence[Shown]]
"""Steps that stand together, with a summary where they are folded away."""
