"""Comparison by consistent renaming: literal text is equal, volatile values agree by kind.

Equal identifying values must stay equal, and different ones different, across all steps of all
snippets of a chain; measuring values are free within their bounds (see kinds.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from snippetlab.compare.kinds import Volatile
from snippetlab.compare.lines import Line, Reader, Value, alike
from snippetlab.compare.renaming import Fault, Renaming, literal_fault
from snippetlab.compare.unordered import Placed, Search, place_lines
from snippetlab.transcript import Step, Transcript


@dataclass(frozen=True)
class Comparison:
    """What comparing found."""

    faults: tuple[Fault, ...]
    renaming: Mapping[Value, str]
    """The new text of every recorded identifying value that has one."""

    @property
    def equal(self) -> bool:
        return not self.faults


def compare(
    recorded: Sequence[Transcript],
    new: Sequence[Transcript],
    volatile: Sequence[Volatile],
    names: Sequence[Sequence[str]] = (),
) -> Comparison:
    """Compare the transcripts of a chain of snippets with new ones, under one renaming.

    `names` are the names of each snippet's steps, for `Volatile.unordered`. Raises ValueError
    where there are not as many recorded transcripts as new ones and rules for them.
    """
    comparing = _Comparing()
    snippets = zip(recorded, new, volatile, strict=True)
    for index, (before, after, rules) in enumerate(snippets):
        comparing.add(index, before, after, rules, names[index] if index < len(names) else ())
    comparing.finish()
    order = sorted(comparing.faults, key=lambda fault: (fault.snippet, fault.step, fault.line))
    return Comparison(tuple(order), comparing.renaming.new)


class _Comparing:
    """What is known while transcripts are compared."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.renaming = Renaming()
        self._loose: tuple[list[Placed], list[Placed]] = ([], [])

    def add(
        self, snippet: int, old: Transcript, new: Transcript, rules: Volatile, names: Sequence[str]
    ) -> None:
        read = Reader(rules)
        for index, step in enumerate(new.steps if rules.bounds else ()):
            for number, line in enumerate(read(step), 1):
                self.faults += (
                    Fault(snippet, index, number, message) for message in _beyond(line, rules)
                )
        if len(old.steps) != len(new.steps):
            message = f"{len(old.steps)} steps were recorded, there are {len(new.steps)} now"
            self.faults.append(Fault(snippet, min(len(old.steps), len(new.steps)), 0, message))
        for index, (before, after) in enumerate(zip(old.steps, new.steps, strict=False)):
            if message := _head_fault(before, after):
                self.faults.append(Fault(snippet, index, 0, message))
            if (before.prompt, before.command) != (after.prompt, after.command):
                continue
            found = len(self.faults)
            if names[index : index + 1] and names[index] in rules.unordered:
                for side, step in zip(self._loose, (before, after), strict=True):
                    side += place_lines(snippet, index, read(step))
            else:
                self._in_order(snippet, index, read(before), read(after))
            if before.typed != after.typed and len(self.faults) == found:
                message = "what was typed was not asked for where it was recorded"
                self.faults.append(Fault(snippet, index, 0, message))

    def _in_order(self, snippet: int, step: int, old: list[Line], new: list[Line]) -> None:
        for number, (before, after) in enumerate(zip_longest(old, new), 1):
            if not before or not after or not alike(before, after):
                # What comes after may be shifted by a line: it would only repeat this fault.
                message = literal_fault(before, after)
                self.faults.append(Fault(snippet, step, number, message))
                return
            for value, (_, text) in zip(before.identities, after.identities, strict=True):
                if message := self.renaming.tie(value, text, (snippet, step, number)):
                    self.faults.append(Fault(snippet, step, number, message))

    def finish(self) -> None:
        """Pair the lines in any order, when all that the other lines tie is known."""
        self.faults += Search(*self._loose, self.renaming).run()
        self.faults += self.renaming.torn()


def _beyond(line: Line, rules: Volatile) -> Iterator[str]:
    for token in line.values:
        for bound in rules.bounds:
            if token.kind and token.kind.name == bound.kind:
                value = token.kind.parse(token.text)
                if value is None or not bound.holds(value):
                    yield f"{bound.kind} {token.text} is not {bound.text}"


def _head_fault(old: Step, new: Step) -> str:
    if (old.prompt, old.command) != (new.prompt, new.command):
        before, after = f"{old.prompt} {old.command}", f"{new.prompt} {new.command}"
        return f"another command: {before!r} was recorded, {after!r} ran"
    if old.status != new.status:
        return f"the exit status was {old.status} and is {new.status} now"
    return ""
