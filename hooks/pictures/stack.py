"""What was printed in order, a box for each row: the steps of a build, the layers of an image."""

from pictures.data import Data
from pictures.facts import Facts
from pictures.kind import Kind
from pictures.scene import Arrow, Box, Scene, Text


def _scene(picture: Data, number: int, facts: Facts) -> Scene:
    frame = list(picture.need("frames"))[number]
    table = facts.table(frame.need("rows"))
    marked = picture.get("marked")
    boxes = []
    for key, row in table.items():
        texts = [Text(row[picture.need("code").text()], "code")]
        if column := picture.get("note"):
            texts.append(Text(row[column.text()], "note"))
        is_marked = bool(marked and row[marked.text()])
        if said := picture.get("marked-says" if is_marked else "other-says"):
            texts.append(Text(facts.say(said), "note"))
        state = ("faint" if is_marked else "lit") if marked else ""
        boxes.append(Box(key, tuple(texts), state=state))
    arrows = ()
    if picture.get("arrows"):
        arrows = tuple(
            Arrow(one, two) for one, two in zip(list(table), list(table)[1:], strict=False)
        )
    return Scene(Box("", (), tuple(boxes), look="bare", gap=20 if arrows else 6), arrows)


KIND = Kind(
    "stack",
    ("code", "note", "marked", "marked-says", "other-says", "arrows"),
    ("rows",),
    _scene,
)
