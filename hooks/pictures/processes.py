"""Processes as `ps` saw them from outside, each with its numbers; those of a namespace in a frame.

Which processes there are, who is whose parent and what numbers each has, all is read.
"""

from pictures.data import Data
from pictures.facts import Facts
from pictures.kind import Kind
from pictures.readers import Row, Table
from pictures.scene import Arrow, Box, Scene, Text
from snippetlab.errors import Cure


def _scene(picture: Data, number: int, facts: Facts) -> Scene:
    frame = list(picture.need("frames"))[number]
    outer, inner = facts.table(picture.need("outer")), facts.table(picture.need("inner"))
    numbers = facts.table(picture.need("numbers"))
    _check(picture, outer, inner, numbers)
    left_out = picture.names("without")
    shown = {pid: row for pid, row in outer.items() if _program(row) not in left_out}
    tree = _Tree(shown, numbers, frame, picture, facts)
    roots = [pid for pid, row in shown.items() if row["ppid"] not in shown]
    outside = Box(
        "outside",
        (Text(facts.say(picture.need("outside")), "head"),),
        tuple(map(tree.branch, roots)),
        look="group",
        gap=_GAP,
    )
    arrows = (
        Arrow(tree.names[row["ppid"]], tree.names[pid])
        for pid, row in shown.items()
        if row["ppid"] in shown
    )
    return Scene(outside, tuple(arrows))


_GAP = 20
_SEEN = {"outer": "outside", "inner": "inside"}
"""Look of a number → what a frame says of where one looks from."""


def _check(picture: Data, outer: Table, inner: Table, numbers: Table) -> None:
    """What was seen inside has the numbers that the kernel lists for it."""
    listed = {row["inner"]: outer.get(pid) for pid, row in numbers.items() if row["inner"]}
    for pid, row in inner.items():
        same = listed.get(pid)
        if pid in listed and same and _program(same) != _program(row):
            text = "Read all three of one run, while the same processes are there."
            message = f"inside {pid} is {row['command']}, outside {same['command']}"
            raise picture.need("inner").fault(message, Cure("picture-numbers", text))


def _program(row: Row) -> str:
    return row["command"].split(" ")[0]


class _Tree:
    def __init__(
        self, shown: Table, numbers: Table, frame: Data, picture: Data, facts: Facts
    ) -> None:
        self._shown, self._numbers = shown, numbers
        self._picture, self._facts = picture, facts
        seen = frame.get("seen")
        self._seen = seen.text() if seen else "both"
        called = [_program(row) for row in shown.values()]
        times = [called[: at + 1].count(name) for at, name in enumerate(called)]
        self.names = {
            pid: name if time == 1 else f"{name} {time}"
            for pid, name, time in zip(shown, called, times, strict=True)
        }
        """What arrows and frames call each: `bash`, the next one `bash 2`."""

    def branch(self, pid: str) -> Box:
        """A process and, below it, its children; those in the namespace in a frame."""
        children = [child for child, row in self._shown.items() if row["ppid"] == pid]
        if not children:
            return self._process(pid)
        parts = []
        for child in children:
            part = self.branch(child)
            if self._inner(child) and not self._inner(pid):
                says = Text(self._facts.say(self._picture.need("inside")), "head")
                part = Box("inside", (says,), (part,), look="group")
            parts.append(part)
        below = Box("", (), tuple(parts), across=True, look="bare")
        return Box("", (), (self._process(pid), below), look="bare", gap=_GAP)

    def _process(self, pid: str) -> Box:
        """Its program, and the numbers that are seen from where the frame looks."""
        name = Box("", (Text(_program(self._shown[pid]), "code"),), look="bare")
        outer, inner = (
            _number(*one, self._seen) for one in (("outer", pid), ("inner", self._inner(pid)))
        )
        numbers = (outer, inner) if self._inner(pid) else (outer,)
        return Box(self.names[pid], (), (name, *numbers), across=True, gap=6)

    def _inner(self, pid: str) -> str:
        return self._numbers.get(pid, {}).get("inner", "")


def _number(look: str, number: str, seen: str) -> Box:
    """A number that is not seen keeps its room, so that nothing moves."""
    is_seen = seen in ("both", _SEEN[look])
    return Box("", (Text(number, "code"),), look=look, state="" if is_seen else "hidden")


KIND = Kind(
    "processes",
    ("outer", "inner", "numbers", "outside", "inside", "without"),
    ("seen",),
    _scene,
)
