"""What has come of one step while it runs: what it printed, what was typed, its status."""

from dataclasses import dataclass, field, replace

from snippetlab.labs.terminal import as_left
from snippetlab.labs.typed import Typist
from snippetlab.snippet.command import Command
from snippetlab.transcript import Step


@dataclass
class Outcome:
    """Of this command."""

    command: Command
    status: int = 0
    typist: Typist = field(init=False)
    _output: bytearray = field(default_factory=bytearray)
    _errors: bytearray = field(default_factory=bytearray)
    """What it printed on standard error, where that is told apart."""

    def __post_init__(self) -> None:
        self.typist = Typist(self.command.typed)

    def printed(self, data: bytes, *, errors: bool) -> None:
        """It has printed more."""
        stream = self._errors if errors else self._output
        stream += data

    def asked(self) -> str:
        """A program waits for input; see Typist."""
        return self.typist.asked(len(self._output))

    def clear(self) -> None:
        """It is tried again."""
        self._output.clear()
        self._errors.clear()

    def step(self) -> Step:
        """All of it."""
        typed = self.typist.typed(bytes(self._output))
        return replace(self.end(), status=self.status, typed=typed)

    def end(self, size: int = 0) -> Step:
        """The last bytes that it printed, all if 0, as a terminal is left by them."""
        output, errors = (as_left(bytes(part[-size:])) for part in (self._output, self._errors))
        return Step(self.command.text, output, prompt=self.command.prompt, errors=errors)
