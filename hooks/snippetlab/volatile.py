"""Comparison by consistent renaming: literal text is equal, volatile values agree by kind.

Equal identifying values must stay equal, and different ones different, across all steps of all
snippets of a chain; measuring values are free within their bounds (see kinds.py).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from heapq import heappop, heappush
from itertools import zip_longest

from snippetlab.kinds import Kind, Volatile, parse_volatile, ranked
from snippetlab.transcript import Step, Transcript

__all__ = ["Comparison", "Fault", "Kind", "Token", "Volatile", "compare", "merge"]
__all__ += ["parse_volatile", "tokens"]
MOST_TRIES = 20_000
"""How many assignments may fail where lines come in any order, before the search gives up."""
_ROUNDS = 3
Value = tuple[str, str]
"""An identifying value: the name under which its kind is compared, and its text."""
Place = tuple[int, int, int]
"""A snippet and a step, from 0, and a line, from 1."""


@dataclass(frozen=True)
class Token:
    """A piece of output; literal text has no kind."""

    kind: Kind | None
    text: str


@dataclass(frozen=True)
class Fault:
    """One difference: snippet and step are indexes from 0, the line counts from 1 (0: none)."""

    snippet: int
    step: int
    line: int
    message: str


@dataclass(frozen=True)
class Comparison:
    """What comparing found."""

    faults: tuple[Fault, ...]
    renaming: Mapping[Value, str]
    """The new text of every recorded identifying value that has one."""

    @property
    def equal(self) -> bool:
        return not self.faults


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
class _Line:
    text: str
    literals: tuple[str, ...]
    """One more than there are values; the last one ends in the newline, if there is one."""
    values: tuple[Token, ...]

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        return tuple(token.kind.name for token in self.values if token.kind)

    @cached_property
    def identities(self) -> tuple[Value, ...]:
        found = ((token.kind, token.text) for token in self.values)
        return tuple((kind.domain, text) for kind, text in found if kind and kind.identifies)

    @cached_property
    def shape(self) -> tuple[tuple[str, ...], ...]:
        """Equal for all lines that can be alike."""
        count = range(len(self.literals))
        return self.kinds, tuple(self.squeezed(index, True, True) for index in count)

    def squeezed(self, index: int, left: bool, right: bool) -> str:
        """A literal, its blanks beside the value on these sides made one, or none at an edge."""
        literal, last = self.literals[index], len(self.values)
        if right and index < last and (stem := literal.rstrip(" \t")) != literal:
            literal = stem + " " if stem or index else ""
        if left and index > 0 and (stem := literal.lstrip(" \t")) != literal:
            literal = stem if index == last and not stem.rstrip("\n") else " " + stem
        return literal


def _alike(old: _Line, new: _Line) -> bool:
    """Whether kinds and literal text are equal; where a value's length changed, columns shift."""
    if old.kinds != new.kinds or old.literals == new.literals:
        return old.kinds == new.kinds
    pairs = zip(old.values, new.values, strict=True)
    shifts = [False, *(len(before.text) != len(after.text) for before, after in pairs), False]
    return all(
        old.squeezed(index, shifts[index], shifts[index + 1])
        == new.squeezed(index, shifts[index], shifts[index + 1])
        for index in range(len(old.literals))
    )


class _Reader:
    """Reads outputs of one snippet; a line's text is split once."""

    def __init__(self, rules: Volatile) -> None:
        self._kinds = ranked(rules.kinds)
        self._known: dict[str, _Line] = {}

    def __call__(self, step: Step) -> list[_Line]:
        text = step.output.decode("utf-8", "surrogateescape")
        return [self._line(line) for line in re.findall(r"[^\n]*\n|[^\n]+", text)]

    def _line(self, text: str) -> _Line:
        if text not in self._known:
            literals, values = [""], []
            for token in _tokens(text.removesuffix("\n"), self._kinds):
                if token.kind:
                    values.append(token)
                    literals.append("")
                else:
                    literals[-1] = token.text
            literals[-1] += "\n" if text.endswith("\n") else ""
            self._known[text] = _Line(text, tuple(literals), tuple(values))
        return self._known[text]


class _Renaming:
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

    def _step_of(self, value: Value, place: Place) -> str:
        snippet, step, _ = self._places[value]
        return f"step {step + 1}" + ("" if snippet == place[0] else f" of snippet {snippet + 1}")

    def bind(self, old: _Line, new: _Line, place: Place) -> list[Value] | None:
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
        for kind, text in values:
            del self.old[kind, self.new.pop((kind, text))]


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


@dataclass(frozen=True)
class _Placed:
    """A line of a step whose lines may come in any order."""

    place: Place
    line: _Line


class _Comparing:
    """What is known while transcripts are compared."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.renaming = _Renaming()
        self._loose: tuple[list[_Placed], list[_Placed]] = ([], [])

    def add(
        self, snippet: int, old: Transcript, new: Transcript, rules: Volatile, names: Sequence[str]
    ) -> None:
        read = _Reader(rules)
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
            if names[index : index + 1] and names[index] in rules.unordered:
                for side, step in zip(self._loose, (before, after), strict=True):
                    side += _placed(snippet, index, read(step))
            else:
                self._in_order(snippet, index, read(before), read(after))

    def _in_order(self, snippet: int, step: int, old: list[_Line], new: list[_Line]) -> None:
        for number, (before, after) in enumerate(zip_longest(old, new), 1):
            if not before or not after or not _alike(before, after):
                # What comes after may be shifted by a line: it would only repeat this fault.
                message = _literal_fault(before, after)
                self.faults.append(Fault(snippet, step, number, message))
                return
            for value, (_, text) in zip(before.identities, after.identities, strict=True):
                if message := self.renaming.tie(value, text, (snippet, step, number)):
                    self.faults.append(Fault(snippet, step, number, message))

    def finish(self) -> None:
        """Pair the lines in any order, when all that the other lines tie is known."""
        self.faults += _Search(*self._loose, self.renaming).run()


def _placed(snippet: int, step: int, lines: list[_Line]) -> list[_Placed]:
    return [_Placed((snippet, step, number), line) for number, line in enumerate(lines, 1)]


def _beyond(line: _Line, rules: Volatile) -> Iterator[str]:
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


def _literal_fault(old: _Line | None, new: _Line | None) -> str:
    if old and new:
        return f"literal text differs: {old.text!r} was recorded, it is {new.text!r} now"
    return f"a line is missing: {old.text!r}" if old else f"a line is new: {new and new.text!r}"


def _renaming_fault(old: _Line | None, new: _Line | None = None) -> str:
    line = old or new
    return f"no renaming makes the lines equal, in any order: {line and line.text!r}"


_Pool = dict[tuple[Value, ...], dict[str, list[_Placed]]]
"""New lines by identifying values and by text."""
_Say = Callable[[_Line | None, _Line | None], str]


class _Search:
    """Pairs lines that may come in any order, under one renaming, by backtracking."""

    def __init__(self, old: list[_Placed], new: list[_Placed], renaming: _Renaming) -> None:
        self.pairs: list[tuple[_Placed, _Placed]] = []
        self._sides, self._renaming = (old, new), renaming
        self._tied: list[list[Value]] = []
        self._pools: dict[int, _Pool] = defaultdict(lambda: defaultdict(dict))
        self._keys: list[int] = []

    def run(self) -> list[Fault]:
        """Tie the values of all lines; the faults if there is no way to, or none was found."""
        shapes = [[(item.place[:2], item.line.shape) for item in side] for side in self._sides]
        if faults := self._odd(shapes, _literal_fault):
            return faults
        keys = _refined(self._sides, shapes, self._renaming)
        if faults := self._odd(keys, _renaming_fault):
            return faults[:1]  # one odd line makes all that are tied to it odd
        self._keys = keys[0]
        for key, item in zip(keys[1], self._sides[1], strict=True):
            self._put(key, item)
        return self._search(self._order())

    def _odd(self, keys: Sequence[Sequence[object]], say: _Say) -> list[Fault]:
        """A fault for each line without a counterpart, that is, one with the same key."""
        faults = []
        excess = Counter(keys[0])
        excess.subtract(keys[1])
        for side, sign in ((0, 1), (1, -1)):
            for key, item in zip(keys[side], self._sides[side], strict=True):
                if excess[key] * sign > 0:
                    excess[key] -= sign
                    message = say(None, item.line) if side else say(item.line, None)
                    faults.append(Fault(*item.place, message))
        return faults

    def _order(self) -> list[int]:
        """The indexes of the old lines; those come first that leave the least choice."""
        lines = [item.line for item in self._sides[0]]
        sizes, users = Counter(self._keys), defaultdict(list)
        for index, line in enumerate(lines):
            for value in set(line.identities) - set(self._renaming.new):
                users[value].append(index)
        free = Counter(index for indexes in users.values() for index in indexes)

        def entry(index: int) -> tuple[int, int, int]:
            return sizes[self._keys[index]] if free[index] else 0, free[index], index

        heap = sorted(map(entry, range(len(lines))))
        order: dict[int, None] = {}
        while heap:
            index = heappop(heap)[2]
            for value in () if index in order else lines[index].identities:
                for user in users.pop(value, ()):
                    free[user] -= 1
                    heappush(heap, entry(user))
            order[index] = None
        return list(order)

    def _search(self, order: list[int]) -> list[Fault]:
        choices: list[Iterator[_Placed]] = []
        tries = deepest = 0
        while len(self.pairs) < len(order):
            index = order[len(self.pairs)]
            if len(choices) == len(self.pairs):
                choices.append(self._candidates(index))
            new = next(choices[-1], None)
            if new and self._take(index, new):
                deepest = max(deepest, len(self.pairs))
                continue
            tries += 1
            if not new:
                choices.pop()
                if choices:
                    self._give_back(order[len(self.pairs) - 1])
            if not choices or tries > MOST_TRIES:
                while self.pairs:
                    self._give_back(order[len(self.pairs) - 1])
                item = self._sides[0][order[min(deepest, len(order) - 1)]]
                message = f"no order was found in {MOST_TRIES} tries: the search was given up"
                return [Fault(*item.place, message if choices else _renaming_fault(item.line))]
        return []

    def _candidates(self, index: int) -> Iterator[_Placed]:
        """New lines for an old one: first those with its own values, so that equal lines pair."""
        old, pool = self._sides[0][index].line, self._pools[self._keys[index]]
        known = [(kind, self._renaming.new.get((kind, text))) for kind, text in old.identities]
        wanted = tuple((kind, text) for kind, text in known if text is not None)
        determined = len(wanted) == len(known)
        first = wanted if determined else old.identities
        if first not in pool and not determined:
            first = next(iter(pool), ())
        yield from _one_of_each(pool.get(first, {}), old.text)
        for values in () if determined else [values for values in pool if values != first]:
            yield from _one_of_each(pool.get(values, {}), old.text)

    def _take(self, index: int, new: _Placed) -> bool:
        old = self._sides[0][index]
        alike = _alike(old.line, new.line)
        tied = self._renaming.bind(old.line, new.line, old.place) if alike else None
        if tied is None:
            return False
        pool = self._pools[self._keys[index]]
        same = pool[new.line.identities]
        same[new.line.text].remove(new)
        if not same[new.line.text]:
            del same[new.line.text]
        if not same:
            del pool[new.line.identities]
        self.pairs.append((old, new))
        self._tied.append(tied)
        return True

    def _give_back(self, index: int) -> None:
        self._renaming.release(self._tied.pop())
        self._put(self._keys[index], self.pairs.pop()[1])

    def _put(self, key: int, item: _Placed) -> None:
        self._pools[key][item.line.identities].setdefault(item.line.text, []).append(item)


def _one_of_each(same: Mapping[str, list[_Placed]], favourite: str) -> Iterator[_Placed]:
    if favourite in same:
        yield same[favourite][-1]
    yield from [items[-1] for text, items in same.items() if text != favourite]


def _refined(
    sides: Sequence[list[_Placed]], shapes: Sequence[Sequence[object]], renaming: _Renaming
) -> list[list[int]]:
    """For each line a key that it shares with the lines that it may be paired with.

    Colour refinement: a value's colour says in what lines it stands, a line's key what its
    values' colours are. Most values are told apart by this, and little is left to search.
    """
    numbers: dict[object, int] = {}
    found = []
    for side, shape in zip(sides, shapes, strict=True):
        old = side is sides[0]
        colours: dict[Value, object] = {}
        for value in (value for item in side for value in item.line.identities):
            known = renaming.new.get(value) if old else value[1] if value in renaming.old else None
            colours[value] = known
        keys: list[int] = []
        for _ in range(_ROUNDS):
            seen = defaultdict(list)
            keys = []
            for item, outline in zip(side, shape, strict=True):
                values = item.line.identities
                first = {value: index for index, value in reversed([*enumerate(values)])}
                looks = tuple((first[value], colours[value]) for value in values)
                keys.append(numbers.setdefault((outline, looks), len(numbers)))
                for index, value in enumerate(values):
                    seen[value].append((keys[-1], index))
            colours = {
                value: numbers.setdefault((colours[value], tuple(sorted(places))), len(numbers))
                for value, places in seen.items()
            }
        found.append(keys)
    return found


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
        self._read = _Reader(rules)
        self._renaming = _Renaming()

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
                replace(step, output=self._output(now, pairs, partners.get(index)))
                for index, (step, now, pairs) in enumerate(zip(new.steps, lines, kept, strict=True))
            )
        )

    def _pairs(self, index: int, old: list[_Line], new: list[_Line]) -> dict[int, _Line]:
        """The index of a new line → the old line that it equals under the renaming."""
        if self._names[index : index + 1] and self._names[index] in self._rules.unordered:
            search = _Search(_placed(0, index, old), _placed(0, index, new), self._renaming)
            if not search.run():
                return {after.place[2] - 1: before.line for before, after in search.pairs}
        return {
            after: old[before]
            for before, after in _aligned([x.shape for x in old], [x.shape for x in new])
            if _alike(old[before], new[after])
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

    def _output(self, lines: list[_Line], kept: dict[int, _Line], old: Step | None) -> bytes:
        texts = [self._renamed(line) for line in lines]
        for index, line in kept.items():
            if line.identities == self._old_identities(lines[index]):
                texts[index] = line.text
        output = "".join(texts).encode("utf-8", "surrogateescape")
        # Where lines may come in any order and all are kept, so is their order.
        same = old and sorted(texts) == sorted(line.text for line in self._read(old))
        return old.output if old and same and len(kept) == len(lines) else output

    def _old_identities(self, line: _Line) -> tuple[Value, ...]:
        old = self._renaming.old
        return tuple((kind, old.get((kind, text), text)) for kind, text in line.identities)

    def _renamed(self, line: _Line) -> str:
        old = self._renaming.old
        texts = [
            old.get((token.kind.domain, token.text), token.text)
            if token.kind and token.kind.identifies
            else token.text
            for token in line.values
        ]
        pairs = zip(line.literals, [*texts, ""], strict=True)
        return "".join(literal + text for literal, text in pairs)


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
