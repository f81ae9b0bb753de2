"""Relations between a snippet's values that must hold in every run: the tag `holds`.

# holds = ["slim * 10 < full", "image-id == config-digest", "took < 2s"]
"""

import operator
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from snippetlab.compare.measure import measure
from snippetlab.registry import VERSION
from snippetlab.snippet.snippet import OF

_HOLDS = {"<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt}
_FORM = re.compile(r"\s*(?P<left>.+?)\s*(?P<sign>[<>=!]=|<|>)\s*(?P<right>.+?)\s*")
_NAME = re.compile(
    rf"(?P<name>[A-Za-z][\w-]*(?:@{VERSION})?)(?:\s*\*\s*(?P<factor>\d+(?:\.\d+)?))?"
)


@dataclass(frozen=True)
class Operand:
    """One side: a value, perhaps times a factor, or a figure."""

    name: str
    """Empty for a figure."""
    factor: float
    """For a figure, the figure itself in its base unit."""

    def measured(self, values: Mapping[str, str]) -> float:
        """Raises ValueError where the value is no number."""
        if not self.name:
            return self.factor
        if (number := measure(values[self.name])) is None:
            raise ValueError(f"`{self.name}` is no number: {values[self.name]}")
        return number * self.factor


@dataclass(frozen=True)
class Relation:
    """Two operands and what must hold between them."""

    left: Operand
    sign: str
    right: Operand
    text: str
    """As its author wrote it."""

    @property
    def names(self) -> frozenset[str]:
        """Of the values that it speaks of."""
        return frozenset(side.name for side in (self.left, self.right) if side.name)

    @property
    def is_across(self) -> bool:
        """Whether it speaks of a version of the lab: `layers@26 < layers`."""
        return any(OF in name for name in self.names)

    def fault(self, values: Mapping[str, str]) -> str:
        """Why it does not hold; empty where it does."""
        names = [side.name for side in (self.left, self.right) if side.name]
        shown = ", ".join(f"{name} is {values[name]}" for name in names)
        try:
            return "" if self._holds(values) else f"`{self.text}` does not hold: {shown}"
        except ValueError as error:
            return f"`{self.text}` cannot be judged: {error}"

    def _holds(self, values: Mapping[str, str]) -> bool:
        if self.sign in ("==", "!="):
            # A digest is no number; two of them are equal as texts.
            sides = [self._known(side, values) for side in (self.left, self.right)]
            return (sides[0] == sides[1]) == (self.sign == "==")
        sides = [side.measured(values) for side in (self.left, self.right)]
        return bool(_HOLDS[self.sign](*sides))

    @staticmethod
    def _known(side: Operand, values: Mapping[str, str]) -> float | str:
        try:
            return side.measured(values)
        except ValueError:
            return values[side.name]


def parse_relation(text: str, names: Collection[str]) -> Relation:
    """Read one relation between values of these names. Raises ValueError."""
    if not (found := _FORM.fullmatch(text)):
        raise ValueError(f"{text!r} is no relation; write it like `slim < full` or `took < 2s`")
    sides = [_operand(found[side], names) for side in ("left", "right")]
    if not any(side.name for side in sides):
        raise ValueError(f"`{text}` speaks of no value")
    return Relation(sides[0], found["sign"], sides[1], text.strip())


def broken(relations: Iterable[Relation], values: Mapping[str, str]) -> Iterator[str]:
    """What does not hold, in words."""
    return filter(None, (relation.fault(values) for relation in relations))


def _operand(text: str, names: Collection[str]) -> Operand:
    if found := _NAME.fullmatch(text):
        if found["name"] in names:
            return Operand(found["name"], float(found["factor"] or 1))
        nearest = get_close_matches(found["name"], names, n=1)
        hint = f"did you mean `{nearest[0]}`?" if nearest else "name it in the tag `values`"
        raise ValueError(f"unknown value `{found['name']}`; {hint}")
    if (figure := measure(text)) is None:
        raise ValueError(f"{text!r} is neither a value nor a figure")
    return Operand("", figure)
