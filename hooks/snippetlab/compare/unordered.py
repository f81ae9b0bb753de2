"""Lines that may come in any order: pairing them under one renaming, by backtracking."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from snippetlab.compare.lines import Line, Value, alike
from snippetlab.compare.renaming import Fault, Place, Renaming, literal_fault, renaming_fault

MOST_TRIES = 20_000
"""How many assignments may fail where lines come in any order, before the search gives up."""
_ROUNDS = 3
"""Of colour refinement; more tell hardly more lines apart."""


@dataclass(frozen=True)
class Placed:
    """A line of a step whose lines may come in any order."""

    place: Place
    line: Line


_Pool = dict[tuple[Value, ...], dict[str, list[Placed]]]
"""New lines by identifying values and by text."""
_Say = Callable[[Line | None, Line | None], str]


def place_lines(snippet: int, step: int, lines: list[Line]) -> list[Placed]:
    """The lines of a step's output with their places."""
    return [Placed((snippet, step, number), line) for number, line in enumerate(lines, 1)]


class Search:
    """Pairs lines that may come in any order, under one renaming, by backtracking."""

    def __init__(self, old: list[Placed], new: list[Placed], renaming: Renaming) -> None:
        self.pairs: list[tuple[Placed, Placed]] = []
        self._sides, self._renaming = (old, new), renaming
        self._tied: list[list[Value]] = []
        self._pools: dict[int, _Pool] = defaultdict(lambda: defaultdict(dict))
        self._keys: list[int] = []

    def run(self) -> list[Fault]:
        """Tie the values of all lines; the faults if there is no way to, or none was found."""
        shapes = [[(item.place[:2], item.line.shape) for item in side] for side in self._sides]
        if faults := self._odd(shapes, literal_fault):
            return faults
        keys = _refined(self._sides, shapes, self._renaming)
        if faults := self._odd(keys, renaming_fault):
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
        choices: list[Iterator[Placed]] = []
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
                return [Fault(*item.place, message if choices else renaming_fault(item.line))]
        return []

    def _candidates(self, index: int) -> Iterator[Placed]:
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

    def _take(self, index: int, new: Placed) -> bool:
        old = self._sides[0][index]
        fits = alike(old.line, new.line)
        tied = self._renaming.bind(old.line, new.line, old.place) if fits else None
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

    def _put(self, key: int, item: Placed) -> None:
        self._pools[key][item.line.identities].setdefault(item.line.text, []).append(item)


def _one_of_each(same: Mapping[str, list[Placed]], favourite: str) -> Iterator[Placed]:
    if favourite in same:
        yield same[favourite][-1]
    yield from [items[-1] for text, items in same.items() if text != favourite]


def _refined(
    sides: Sequence[list[Placed]], shapes: Sequence[Sequence[object]], renaming: Renaming
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
