"""What identifying values are called now, one to one; and what is said where they are not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from snippetlab.compare.lines import Line, Value

Place = tuple[int, int, int]
"""A snippet and a step, from 0, and a line, from 1."""


@dataclass(frozen=True)
class Fault:
    """One difference: snippet and step are indexes from 0, the line counts from 1 (0: none)."""

    snippet: int
    step: int
    line: int
    message: str


_SHORT = 12
"""Digits of an id as Docker prints it unless asked for all 64."""


class Renaming:
    """What identifying values are called now, one to one."""

    def __init__(self) -> None:
        self.new: dict[Value, str] = {}
        self.old: dict[Value, str] = {}
        self._places: dict[Value, Place] = {}

    def tie(self, before: Value, after: str, place: Place) -> str:
        """Why the two cannot be the same; empty where they are tied now."""
        kind, text = before
        expected, other = self.new.get(before, after), self.old.get((kind, after), text)
        if expected != after:
            where = self._step_of(before, place)
            return f"{kind} {text} was equal to {kind} {text} in {where} and is not now: {after}"
        if other != text:
            where = self._step_of((kind, other), place)
            return f"two different {kind}s became one: {text}, and {other} in {where}, are {after}"
        if before not in self.new:
            self.new[before], self.old[kind, after], self._places[before] = after, text, place
        return ""

    def torn(self) -> Iterator[Fault]:
        """Short ids (12 digits) that no longer begin the same long id (64), or never did."""
        long_old = {text[:_SHORT]: (kind, text) for kind, text in self.new if len(text) > _SHORT}
        long_new = {text[:_SHORT]: (kind, text) for kind, text in self.old if len(text) > _SHORT}
        for (kind, text), after in self.new.items():
            if kind != "container-id":
                continue
            before_long, after_long = long_old.get(text), long_new.get(after)
            same = before_long and (before_long[0], self.new[before_long])
            if len(text) != len(after):
                message = f"{kind} {text} had {len(text)} digits, it has {len(after)} now: {after}"
                yield Fault(*self._places[kind, text], message)
            elif len(text) == _SHORT and same != after_long:
                whole = before_long[1] if before_long else "no other id here"
                message = f"{kind} {text} was the beginning of {whole}; {after} now is not"
                yield Fault(*self._places[kind, text], message)

    def _step_of(self, value: Value, place: Place) -> str:
        snippet, step, _ = self._places[value]
        return f"step {step + 1}" + ("" if snippet == place[0] else f" of snippet {snippet + 1}")

    def bind(self, old: Line, new: Line, place: Place) -> list[Value] | None:
        """Tie all values of a line; those that were free, or None if they cannot all be tied."""
        free: list[Value] = []
        for before, (_, after) in zip(old.identities, new.identities, strict=True):
            was_free = before not in self.new
            if self.tie(before, after, place):
                self.release(free)
                return None
            free += [before] if was_free else []
        return free

    def release(self, values: Iterable[Value]) -> None:
        """Takes back what was bound for these values."""
        for kind, text in values:
            del self.old[kind, self.new.pop((kind, text))]


def literal_fault(old: Line | None, new: Line | None) -> str:
    """Says that text which is no value differs."""
    if old and new:
        return f"literal text differs: {_quoted(old)} was recorded, it is {_quoted(new)} now"
    return f"a line is missing: {_quoted(old)}" if old else f"a line is new: {_quoted(new)}"


def _quoted(line: Line | None) -> str:
    """With the stream, where it is not standard output or both together."""
    return f"{line.text!r}{' on standard error' * line.is_error}" if line else ""


def renaming_fault(old: Line | None, new: Line | None = None) -> str:
    """Says that no renaming of the values makes lines equal."""
    line = old or new
    return f"no renaming makes the lines equal, in any order: {line and line.text!r}"
