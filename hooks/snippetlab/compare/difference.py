"""Where two recordings of one program differ in what is literal: which lines of which steps.

`compare` says whether they agree; here each line that keeps them from it is found on both sides,
not only the first one of a step.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from snippetlab.compare.compare import compare
from snippetlab.compare.kinds import Volatile
from snippetlab.compare.lines import Line, Reader
from snippetlab.transcript import Step, Transcript


class DifferentLine(NamedTuple):
    """A line that the other recording has not."""

    is_error: bool
    """Whether it is of standard error, told apart."""
    number: int
    """In that stream of its step, from 0; what is left out counts as one line."""
    text: str


@dataclass(frozen=True)
class Difference:
    """One step that differs."""

    step: int
    """From 0."""
    old: tuple[DifferentLine, ...]
    new: tuple[DifferentLine, ...]
    statuses: tuple[int, int]
    """How it ended in each."""

    @property
    def ends_otherwise(self) -> bool:
        """Whether the exit statuses differ."""
        return self.statuses[0] != self.statuses[1]


def differences(
    old: Transcript, new: Transcript, rules: Volatile, names: Sequence[str]
) -> tuple[Difference, ...]:
    """The steps that differ, by the rules of the snippet whose steps have these names.

    Nothing where the two agree up to what may vary.
    """
    faults = compare([old], [new], [rules], [names]).faults
    read = Reader(rules)
    found = []
    for number in sorted({fault.step for fault in faults}):
        if number >= min(len(old.steps), len(new.steps)):
            continue  # of another program
        before, after = old.steps[number], new.steps[number]
        is_unordered = names[number : number + 1] and names[number] in rules.unordered
        sides = _sets(read, before, after) if is_unordered else _lines(read, before, after)
        if not any(sides):  # what is equal on its own may be tied to something else
            at = {fault.line - 1 for fault in faults if fault.step == number and fault.line}
            sides = at, at
        lines = _placed(read(before), sides[0]), _placed(read(after), sides[1])
        found.append(Difference(number, *lines, (before.status, after.status)))
    return tuple(found)


def _lines(read: Reader, before: Step, after: Step) -> tuple[set[int], set[int]]:
    shapes, others = ([line.shape for line in read(step)] for step in (before, after))
    matcher = SequenceMatcher(None, shapes, others, autojunk=False)
    old: set[int] = set()
    new: set[int] = set()
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            old |= {*range(start, end)}
            new |= {*range(new_start, new_end)}
    return old, new


def _sets(read: Reader, before: Step, after: Step) -> tuple[set[int], set[int]]:
    """Of a step whose lines come in any order."""
    shapes = [[line.shape for line in read(step)] for step in (before, after)]
    old, new = (_beyond(shapes[side], shapes[1 - side]) for side in (0, 1))
    return old, new


def _beyond(shapes: Sequence[object], others: Sequence[object]) -> set[int]:
    left = Counter(others)
    found = set()
    for number, shape in enumerate(shapes):
        if not left[shape]:
            found.add(number)
        left[shape] -= 1
    return found


def _placed(lines: Sequence[Line], at: set[int]) -> tuple[DifferentLine, ...]:
    outputs = sum(not line.is_error for line in lines)
    return tuple(
        DifferentLine(line.is_error, number - outputs * line.is_error, line.text)
        for number, line in enumerate(lines)
        if number in at
    )
