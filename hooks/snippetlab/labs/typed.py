"""What is typed while a step runs: one line after another, each when a program asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from snippetlab.labs.terminal import as_left
from snippetlab.snippet.typing import keys
from snippetlab.transcript import Typed


@dataclass
class Typist:
    """Types what a snippet says is to be typed into one step."""

    lines: Sequence[str]
    waits: bool = False
    """Whether the step waits for input that nobody types."""
    _begun: list[int] = field(default_factory=list)
    """How much the step had printed when each line was typed."""

    @property
    def left(self) -> Sequence[str]:
        """What has not been asked for."""
        return self.lines[len(self._begun) :]

    def asked(self, printed: int) -> str:
        """A program waits for input: what it is sent, in hexadecimal; nothing if nobody types.

        `printed`: how many bytes the step has printed.
        """
        if not self.left:
            self.waits = True
            return ""
        line = self.left[0]
        self._begun.append(printed)
        return keys(line).hex()

    def typed(self, printed: bytes) -> tuple[Typed, ...]:
        """Where each line stands in what the terminal shows in the end."""
        whole = as_left(printed).split(b"\n")
        return tuple(
            Typed(line, _below(line, as_left(printed[:begun]), whole))
            for line, begun in zip(self.lines, self._begun, strict=False)
        )


def _below(line: str, before: bytes, whole: Sequence[bytes]) -> int:
    """How many lines stand above a typed one: also the one in which the terminal echoes it."""
    *above, cursor = before.split(b"\n")
    now = whole[len(above)] if len(above) < len(whole) else b""
    text = line.removesuffix("\\c").encode()
    # What answers to a key that is held with Control may go on in its line.
    echoed = bool(text) and (now.endswith(text) or now.startswith(cursor + text))
    return len(above) + bool(cursor or echoed)
