"""Notes at steps, as they stand in the body of a `snippet` fence.

    note mount: Only now does `/proc` show the numbers
      of this namespace.

`[](note:isolation/pid#mount)` in prose becomes a link with the words and the number of that note.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from snippetlab.snippet.snippet import OF

LINK = re.compile(r"(?<![!\\])\[\]\(note:(?P<id>[^\s#)\"]*)#(?P<step>[^\s)\"]*)\)")
"""An empty link to a note."""
_NOTE = re.compile(r"(?P<indent> *)note +(?P<step>[^\s:]+) *:(?P<text>.*)")


@dataclass(frozen=True)
class Note:
    """What a page says of one step."""

    step: str
    """Its name, perhaps with the version in which the note stands: `mount@26`."""
    lines: tuple[str, ...]
    """Of its text, in Markdown."""
    line: int
    """The first of them within the fence's body, from 1."""

    @property
    def name(self) -> str:
        """Of the step."""
        return self.step.partition(OF)[0]

    @property
    def version(self) -> str:
        """In which alone it stands; empty for all."""
        return self.step.partition(OF)[2]

    @property
    def text(self) -> str:
        """The whole, as a paragraph would have it."""
        return "\n".join(filter(None, self.lines))


def find_notes(body: Sequence[str]) -> Iterator[Note]:
    """All notes of a body; one goes on in lines that are indented more than it."""
    number = 0
    while number < len(body):
        found = _NOTE.fullmatch(body[number].rstrip())
        number += 1
        if found:
            begun, lines = number, [found["text"].strip()]
            while number < len(body) and _indent(body[number]) > len(found["indent"]):
                lines.append(body[number].strip())
                number += 1
            yield Note(found["step"], tuple(lines), begun)


def _indent(line: str) -> int:
    """Of a blank line none: it ends a note."""
    return len(line) - len(line.lstrip()) if line.strip() else 0
