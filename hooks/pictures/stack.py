"""What was printed in order, a box for each row: the steps of a build, the layers of an image."""

from itertools import pairwise

from pictures.data import Data
from pictures.facts import Facts
from pictures.kind import Kind
from pictures.readers import Row
from pictures.scene import Arrow, Box, Scene, Text
from snippetlab.errors import Cure


def _scene(picture: Data, number: int, facts: Facts) -> Scene:
    frame = list(picture.need("frames"))[number]
    table = facts.table(frame.need("rows"))
    marked = picture.get("marked")
    boxes = []
    for key, row in table.items():
        texts = [Text(_cell(row, picture.need("code")), "code")]
        if column := picture.get("note"):
            texts.append(Text(_cell(row, column), "note"))
        is_marked = bool(marked and _cell(row, marked))
        if said := picture.get("marked-says" if is_marked else "other-says"):
            texts.append(Text(facts.say(said), "note"))
        # A frame that lights a row says more than what all of them have.
        state = ("faint" if is_marked else "lit") if marked and not frame.get("lit") else ""
        boxes.append(Box(key, tuple(texts), state=state))
    arrows = [Arrow(*pair) for pair in pairwise(table)] if picture.get("arrows") else []
    gap = 20 if arrows else 6
    return Scene(Box("", (), tuple(boxes), look="bare", gap=gap), tuple(arrows))


def _cell(row: Row, column: Data) -> str:
    if column.text() not in row:
        cure = Cure("picture-column", f"There are: {', '.join(row)}.")
        raise column.fault(f"what is read has no column `{column.text()}`", cure)
    return row[column.text()]


KIND = Kind(
    "stack",
    ("code", "note", "marked", "marked-says", "other-says", "arrows"),
    ("rows",),
    _scene,
)
