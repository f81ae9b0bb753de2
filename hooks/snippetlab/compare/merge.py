"""What to write when a snippet is recorded again: the new run in the old run's words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from snippetlab import sgr
from snippetlab.compare.compare import compare
from snippetlab.compare.kinds import Volatile
from snippetlab.compare.lines import Line, Reader, Value, alike
from snippetlab.compare.renaming import Renaming
from snippetlab.compare.unordered import Search, place_lines
from snippetlab.transcript import Step, Transcript


def merge(
    recorded: Transcript, new: Transcript, volatile: Volatile, names: Sequence[str] = ()
) -> Transcript:
    """What to write when a snippet is recorded again: the new run in the old run's words.

    It equals `new` under the same rules; bounds are not looked at. `names` are those of the
    steps of `new`.
    """
    rules = replace(volatile, bounds=())
    if compare([recorded], [new], [rules], [names]).equal:
        return recorded
    merged = _Merging(rules, names).merge(recorded, new)
    # Old values in a new line may read otherwise than they did in their own.
    return merged if compare([merged], [new], [rules], [names]).equal else new


class _Merging:
    """What is known while a new transcript is put into the words of an old one."""

    def __init__(self, rules: Volatile, names: Sequence[str]) -> None:
        self._rules, self._names = rules, names
        self._read = Reader(rules)
        self._renaming = Renaming()

    def merge(self, old: Transcript, new: Transcript) -> Transcript:
        commands = [[(step.prompt, step.command) for step in steps.steps] for steps in (old, new)]
        partners = {after: old.steps[before] for before, after in _aligned(*commands)}
        lines = [self._read(step) for step in new.steps]
        kept = [
            self._pairs(index, self._read(partners[index]), lines[index])
            if index in partners
            else {}
            for index in range(len(lines))
        ]
        self._part({value for step in lines for line in step for value in line.identities})
        return Transcript(
            tuple(
                self._written(step, now, pairs, partners.get(index))
                for index, (step, now, pairs) in enumerate(zip(new.steps, lines, kept, strict=True))
            )
        )

    def _pairs(self, index: int, old: list[Line], new: list[Line]) -> dict[int, Line]:
        """The index of a new line → the old line that it equals under the renaming."""
        if self._names[index : index + 1] and self._names[index] in self._rules.unordered:
            search = Search(place_lines(0, index, old), place_lines(0, index, new), self._renaming)
            if not search.run():
                return {after.place[2] - 1: before.line for before, after in search.pairs}
        return {
            after: old[before]
            for before, after in _aligned([x.shape for x in old], [x.shape for x in new])
            if alike(old[before], new[after])
            and self._renaming.bind(old[before], new[after], (0, index, after + 1)) is not None
        }

    def _part(self, values: set[Value]) -> None:
        """Forget an old name where a new value that keeps its own name is called the same."""
        names = self._renaming
        todo = [value for value in values if value not in names.old]
        while todo:
            value = todo.pop()
            if value in names.new:
                todo.append((value[0], names.new[value]))
                names.release([value])

    def _written(
        self, step: Step, lines: list[Line], kept: dict[int, Line], old: Step | None
    ) -> Step:
        texts = [self._renamed(line) for line in lines]
        for index, line in kept.items():
            if line.identities == self._old_identities(lines[index]):
                texts[index] = line.text
        # Where lines may come in any order and all are kept, so is their order.
        same = old and sorted(texts) == sorted(line.text for line in self._read(old))
        if old and same and len(kept) == len(lines):
            return replace(step, output=old.output, errors=old.errors)
        count = sum(not line.is_error for line in lines)
        output, errors = ("".join(part) for part in (texts[:count], texts[count:]))
        return replace(
            step,
            output=output.encode("utf-8", "surrogateescape"),
            errors=errors.encode("utf-8", "surrogateescape"),
        )

    def _old_identities(self, line: Line) -> tuple[Value, ...]:
        old = self._renaming.old
        return tuple((kind, old.get((kind, text), text)) for kind, text in line.identities)

    def _renamed(self, line: Line) -> str:
        if not line.values:
            return line.text
        old = self._renaming.old
        texts = [
            old.get((token.kind.domain, token.text), token.text)
            if token.kind and token.kind.identifies
            else token.text
            for token in line.values
        ]
        pairs = zip(line.literals, [*texts, ""], strict=True)
        return sgr.put_back("".join(literal + text for literal, text in pairs))


def _aligned(old: Sequence[object], new: Sequence[object]) -> Iterator[tuple[int, int]]:
    """Pairs of indexes of equal items, in order."""
    start, end = 0, 0
    least = min(len(old), len(new))
    while start < least and old[start] == new[start]:
        start += 1
    while end < least - start and old[-1 - end] == new[-1 - end]:
        end += 1
    numbers: dict[object, int] = {}  # shapes are long, and are hashed often
    middles = [
        [numbers.setdefault(item, len(numbers)) for item in items[start : len(items) - end]]
        for items in (old, new)
    ]
    yield from zip(range(start), range(start), strict=True)
    # Without junk, many lines of one shape would take time that grows with their square.
    for block in SequenceMatcher(None, middles[0], middles[1]).get_matching_blocks():
        for index in range(block.size):
            yield start + block.a + index, start + block.b + index
    yield from ((len(old) - 1 - index, len(new) - 1 - index) for index in reversed(range(end)))
