"""Boxes in rows, and arrows between them, as the data says; the numbers in them are read."""

from pictures.data import Data
from pictures.facts import Facts
from pictures.kind import Kind, box_named
from pictures.scene import Arrow, Box, Scene, Text
from snippetlab.errors import Cure

_TEXTS = ("head", "text", "code", "note")
_BOX = ("name", *_TEXTS, "rows", "since", "until", "gap", "apart")
"""What a box may have: `gap` lies between its rows, `apart` between it and its neighbours."""


def _scene(picture: Data, number: int, facts: Facts) -> Scene:
    frames = list(picture.need("frames"))
    steps = _Span(len(frames), number)
    rows = _rows(picture.need("rows"), facts, steps)
    root = Box("", (), rows, look="bare", gap=_number(picture, "gap", 24))
    arrows = []
    for part in picture.get("arrows") or ():
        part.parts(("from", "to", "says", "since", "until"))
        if steps.holds(part):
            ends = box_named(part.need("from"), root), box_named(part.need("to"), root)
            is_lit = all(name in frames[number].names("lit") for name in ends)
            arrows.append(Arrow(*ends, facts.say(part.get("says")), "lit" if is_lit else ""))
    return Scene(root, tuple(arrows))


class _Span:
    """Whether something is in a frame: since one, until another, by their numbers from 1."""

    def __init__(self, count: int, number: int) -> None:
        self._count, self._number = count, number

    def holds(self, part: Data) -> bool:
        since, until = part.get("since"), part.get("until")
        first = self._frame(since) if since else 0
        last = self._frame(until) if until else self._count
        return first <= self._number < last

    def _frame(self, said: Data) -> int:
        number = said.number()
        if not 0 < number <= self._count:
            cure = Cure("picture-since", f"Write the number of a frame, from 1 to {self._count}.")
            raise said.fault(f"there is no frame {number}", cure)
        return number - 1


def _rows(rows: Data, facts: Facts, steps: _Span) -> tuple[Box, ...]:
    """Each a box, or a list of boxes that stand side by side."""
    made = []
    for row in rows:
        if isinstance(row.what, list):
            boxes = tuple(_box(box, facts, steps) for box in row)
            apart = max((_number(box, "apart", 12) for box in row), default=12)
            made.append(Box("", (), boxes, across=True, look="bare", gap=apart, even=True))
        else:
            made.append(_box(row, facts, steps))
    return tuple(made)


def _box(box: Data, facts: Facts, steps: _Span) -> Box:
    parts = box.parts(_BOX)
    texts = tuple(_text(look, parts[look], facts, steps) for look in parts if look in _TEXTS)
    rows = _rows(parts["rows"], facts, steps) if "rows" in parts else ()
    name = parts["name"].text() if "name" in parts else ""
    state = "" if steps.holds(box) else "hidden"
    look = "group" if rows else "part" if texts else "bare"
    return Box(name, texts, rows, look=look, state=state, gap=_number(box, "gap", 12))


def _text(look: str, said: Data, facts: Facts, steps: _Span) -> Text:
    """One that is said in some frames only keeps its room in the others."""
    look = "plain" if look == "text" else look
    if isinstance(said.what, dict) and "says" in said.what:
        said.parts(("says", "since", "until"))
        return Text(facts.say(said.need("says")) if steps.holds(said) else " ", look)
    return Text(facts.say(said), look)


def _number(box: Data, name: str, otherwise: int) -> int:
    said = box.get(name)
    return said.number() if said else otherwise


KIND = Kind("boxes", ("rows", "arrows", "gap"), (), _scene)
