"""A console block → what was typed in it, and what it shows that this printed."""

from collections.abc import Sequence
from dataclasses import dataclass, field


class StaysError(Exception):
    """A block that cannot become a snippet, and so stays as it was."""

    def __init__(self, line: int, reason: str, id_: str = "") -> None:
        super().__init__(reason)
        self.line = line
        """Of the page."""
        self.reason = reason
        self.id = id_
        """Of the draft, where there is one."""


@dataclass
class Typed:
    """A command, or a statement of an interpreter, with what stands below it."""

    line: int
    """Where it begins in the page."""
    text: list[str]
    """Its lines, without prompts."""
    output: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    """Comments above it, each on a line of its own in the page."""
    doubtful: list[str] = field(default_factory=list)
    """The last lines of `output` that may be comments on what comes next: both look the same."""

    @property
    def shown(self) -> list[str]:
        """What the page shows that it printed, without blank lines at either end."""
        return trimmed(self.output)


@dataclass(frozen=True)
class Reading:
    """What stands in one block."""

    suffix: str
    """Of the snippet's file."""
    typed: Sequence[Typed]
    notes: Sequence[str] = ()
    """What of the block will look otherwise, in half a sentence each."""
    apart: Typed | None = None
    """What a block of its own, below, shows that all of them print; it has no text."""

    @property
    def shows_output(self) -> bool:
        """Whether it shows what anything printed; most blocks that do not leave it out."""
        return bool(self.apart) or any(typed.shown for typed in self.typed)


def trimmed(lines: Sequence[str]) -> list[str]:
    """Without blanks at the lines' ends, nor blank lines at either end."""
    kept = [line.rstrip() for line in lines]
    while kept and not kept[-1]:
        kept.pop()
    while kept and not kept[0]:
        del kept[0]
    return kept
