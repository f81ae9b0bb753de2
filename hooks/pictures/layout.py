"""A scene → shapes with their places, in a drawing that is as wide as a phone shows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import atan2, cos, pi, sin

from pictures.measure import LEADING, SIZES, lines, width
from pictures.scene import Arrow, Box, Scene

WIDTH = 340
_PAD = {"part": (8, 6), "group": (10, 9), "bare": (0, 0), "outer": (7, 1), "inner": (7, 1)}
"""Look of a box → what lies between its edge and what is in it, across and down."""


@dataclass(frozen=True)
class Line:
    """Of a text."""

    words: str
    look: str
    x: float
    y: float


@dataclass(frozen=True)
class Placed:
    """A box in its place."""

    box: Box
    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]
    parts: tuple["Placed", ...]

    def walk(self) -> Iterator["Placed"]:
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True)
class Drawn:
    """An arrow in its place."""

    arrow: Arrow
    line: tuple[float, float, float, float]
    head: str
    """The points of its head."""
    label: tuple[float, float, str]
    """Where its label stands, and how it is anchored there."""


@dataclass(frozen=True)
class Drawing:
    boxes: tuple[Placed, ...]
    arrows: tuple[Drawn, ...]
    height: float


def lay_out(scene: Scene) -> Drawing:
    """All that is to be seen of a scene."""
    placed = _place(scene.root, 1, 1, WIDTH - 2)
    boxes = tuple(p for p in placed.walk() if p.box.state != "hidden")
    by_name = {p.box.name: p for p in boxes if p.box.name}
    arrows = tuple(
        _arrow(arrow, by_name[arrow.start], by_name[arrow.end])
        for arrow in scene.arrows
        if arrow.start in by_name and arrow.end in by_name
    )
    return Drawing(boxes, arrows, placed.height + 2)


def _place(box: Box, x: float, y: float, room: float) -> Placed:
    across, down = _PAD[box.look]
    inner, at = room - 2 * across, y + down
    written = []
    middle = box.look not in ("group", "bare") and not box.parts
    for text in box.texts:
        for words in lines(text.words, text.look, inner):
            at += SIZES[text.look] * LEADING
            place = x + room / 2 if middle else x + across
            written.append(Line(words, text.look, place, at - SIZES[text.look] * 0.32))
    at += 6 if box.texts and box.parts else 0
    parts = list(_parts(box, x + across, at, inner))
    bottom = max((part.y + part.height for part in parts), default=at)
    if box.across:  # all as high as the highest
        parts = [_stretched(part, bottom - part.y) for part in parts]
    return Placed(box, x, y, room, bottom + down - y, tuple(written), tuple(parts))


def _parts(box: Box, x: float, y: float, room: float) -> Iterator[Placed]:
    shares = _shares(box, room) if box.across else [room] * len(box.parts)
    for part, share in zip(box.parts, shares, strict=True):
        placed = _place(part, x, y, share)
        yield placed
        if box.across:
            x += share + box.gap
        else:
            y += placed.height + box.gap


def _shares(box: Box, room: float) -> list[float]:
    """How wide each part is."""
    left = room - box.gap * (len(box.parts) - 1)
    wanted = [_natural(part) for part in box.parts]
    spare = left - sum(wanted)
    if box.even and (not wanted or max(wanted) <= left / len(wanted)):
        return [left / len(wanted)] * len(wanted)
    if spare < 0:
        return [left * each / sum(wanted) for each in wanted]
    if box.look == "part":  # a name, and what is said of it at the other side
        return [wanted[0] + spare, *wanted[1:]]
    return [each + spare / len(wanted) for each in wanted]


def _natural(box: Box) -> float:
    """As wide as it would be if nothing were broken."""
    across, _ = _PAD[box.look]
    own = max((width(text.words, text.look) for text in box.texts), default=0)
    parts = [_natural(part) for part in box.parts]
    inner = sum(parts) + box.gap * (len(parts) - 1) if box.across else max(parts, default=0)
    return max(own, inner) + 2 * across + 2


def _stretched(placed: Placed, height: float) -> Placed:
    """As high as its neighbours, with its text in the middle if it has nothing else."""
    down = 0 if placed.box.look == "group" or placed.parts else (height - placed.height) / 2
    moved = tuple(Line(o.words, o.look, o.x, o.y + down) for o in placed.lines)
    return Placed(placed.box, placed.x, placed.y, placed.width, height, moved, placed.parts)


def _arrow(arrow: Arrow, start: Placed, end: Placed) -> Drawn:
    x1, y1, x2, y2 = line = _line(start, end)
    angle = atan2(y2 - y1, x2 - x1)
    corners = [(x2, y2)] + [
        (x2 - 9 * cos(angle + turn), y2 - 9 * sin(angle + turn)) for turn in (pi / 7, -pi / 7)
    ]
    head = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return Drawn(arrow, line, head, _label(arrow.label, line))


def _label(words: str, line: tuple[float, float, float, float]) -> tuple[float, float, str]:
    """Above an arrow that goes across; beside one that goes down, where there is room."""
    x1, y1, x2, y2 = line
    if abs(x2 - x1) > abs(y2 - y1):
        return (x1 + x2) / 2, (y1 + y2) / 2 - 6, "middle"
    # A long one crosses edges; its label stands beyond them.
    part = 0.5 if abs(y2 - y1) < 50 else 0.75
    x, y = x1 + part * (x2 - x1), y1 + part * (y2 - y1) + 4
    if x + 8 + width(words, "note") > WIDTH:
        return x - 8, y, "end"
    return x + 8, y, "start"


def _line(start: Placed, end: Placed) -> tuple[float, float, float, float]:
    """From edge to edge, straight down or across where the two face each other."""
    if end.y >= start.y + start.height or start.y >= end.y + end.height:
        x1, x2 = _facing(start.x, start.width, end.x, end.width)
        if end.y > start.y:
            return x1, start.y + start.height + 1, x2, end.y - 2
        return x1, start.y - 1, x2, end.y + end.height + 2
    y1, y2 = _facing(start.y, start.height, end.y, end.height)
    if end.x > start.x:
        return start.x + start.width + 1, y1, end.x - 2, y2
    return start.x - 1, y1, end.x + end.width + 2, y2


def _facing(at: float, size: float, other: float, other_size: float) -> Sequence[float]:
    low, high = max(at, other), min(at + size, other + other_size)
    if high - low > 8:
        # Beside what a wide box says at its left, or in its middle.
        return [low + (high - low) * (0.72 if high - low > WIDTH / 3 else 0.5)] * 2
    return [at + size / 2, other + other_size / 2]
