"""A step's output, line by line, split into literal text and volatile values.

Colours are literal text, but set apart (sgr.py), so that values beside them are found.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from snippetlab import sgr
from snippetlab.compare.elision import elided
from snippetlab.compare.kinds import Kind, Volatile, ranked
from snippetlab.transcript import Step

Value = tuple[str, str]
"""An identifying value: the name under which its kind is compared, and its text."""


@dataclass(frozen=True)
class Token:
    """A piece of output; literal text has no kind."""

    kind: Kind | None
    text: str


def tokens(text: str, kinds: Iterable[Kind]) -> tuple[Token, ...]:
    """Split into literal text and values; where several kinds match, see `kinds.ranked`."""
    return tuple(_tokens(text, ranked(kinds)))


def _tokens(text: str, kinds: Sequence[Kind]) -> Iterator[Token]:
    position = 0
    coming = [_next_value(kind, text, 0) for kind in kinds]
    while found := [(span, rank) for rank, span in enumerate(coming) if span]:
        (start, end), rank = min(found, key=lambda item: (item[0][0], item[1]))
        if start > position:
            yield Token(None, text[position:start])
        yield Token(kinds[rank], text[start:end])
        position = end
        for (start, _), rank in found:
            if start < position:
                coming[rank] = _next_value(kinds[rank], text, position)
    if position < len(text):
        yield Token(None, text[position:])


def _next_value(kind: Kind, text: str, position: int) -> tuple[int, int] | None:
    group = 1 if kind.regex.groups else 0
    start = 0 if group else position  # the context of a value may stand before the position
    while start <= len(text) and (found := kind.regex.search(text, start)):
        if position <= found.start(group) < found.end(group):
            return found.span(group)
        start = found.start() + 1
    return None


@dataclass(frozen=True)
class Line:
    """One line of an output, in its text and its values."""

    text: str
    literals: tuple[str, ...]
    """One more than there are values; the last one ends in the newline, if there is one.

    Lines that are left out are all the same one.
    """
    values: tuple[Token, ...]
    is_error: bool = False
    """Whether it is of standard error, told apart."""

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        return tuple(token.kind.name for token in self.values if token.kind)

    @cached_property
    def identities(self) -> tuple[Value, ...]:
        found = ((token.kind, token.text) for token in self.values)
        return tuple((kind.domain, text) for kind, text in found if kind and kind.identifies)

    @cached_property
    def shape(self) -> tuple[object, ...]:
        """Equal for all lines that can be alike."""
        count = range(len(self.literals))
        squeezed = tuple(self.squeezed(index, True, True) for index in count)
        return self.is_error, self.kinds, squeezed

    def squeezed(self, index: int, left: bool, right: bool) -> str:
        """A literal, its blanks beside the value on these sides made one, or none at an edge."""
        literal, last = self.literals[index], len(self.values)
        if right and index < last and (stem := literal.rstrip(" \t")) != literal:
            literal = stem + " " if stem or index else ""
        if left and index > 0 and (stem := literal.lstrip(" \t")) != literal:
            literal = stem if index == last and not stem.rstrip("\n") else " " + stem
        return literal


def alike(old: Line, new: Line) -> bool:
    """Whether kinds and literal text are equal; where a value's length changed, columns shift."""
    if (old.is_error, old.kinds) != (new.is_error, new.kinds) or old.literals == new.literals:
        return (old.is_error, old.kinds) == (new.is_error, new.kinds)
    pairs = zip(old.values, new.values, strict=True)
    shifts = [False, *(len(before.text) != len(after.text) for before, after in pairs), False]
    return all(
        old.squeezed(index, shifts[index], shifts[index + 1])
        == new.squeezed(index, shifts[index], shifts[index + 1])
        for index in range(len(old.literals))
    )


_LEFT_OUT = ("…\n",)


class Reader:
    """Reads outputs of one snippet; a line's text is split once."""

    def __init__(self, rules: Volatile) -> None:
        self._kinds = ranked(rules.kinds)
        self._elided = rules.elided
        self._known: dict[tuple[str, bool], Line] = {}

    def __call__(self, step: Step) -> list[Line]:
        return [*self._lines(step.output, False), *self._lines(step.errors, True)]

    def _lines(self, printed: bytes, is_error: bool) -> Iterator[Line]:
        text = printed.decode("utf-8", "surrogateescape")
        if self._elided:
            return (
                Line(lines, _LEFT_OUT, (), is_error) if left_out else self._line(lines, is_error)
                for left_out, lines in elided(text, self._elided)
            )
        return (self._line(line, is_error) for line in re.findall(r"[^\n]*\n|[^\n]+", text))

    def _line(self, text: str, is_error: bool) -> Line:
        if (text, is_error) not in self._known:
            literals, values = [""], []
            for token in _tokens(sgr.set_apart(text.removesuffix("\n")), self._kinds):
                if token.kind:
                    values.append(token)
                    literals.append("")
                else:
                    literals[-1] = token.text
            literals[-1] += "\n" if text.endswith("\n") else ""
            line = Line(text, tuple(literals), tuple(values), is_error)
            self._known[text, is_error] = line
        return self._known[text, is_error]
