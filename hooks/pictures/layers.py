"""Directories on one another, as an overlay has them: each file stands in its column.

Which files are in which, their sizes and which of them are whiteouts, all is read.
"""

from itertools import pairwise

from pictures.data import Data
from pictures.facts import Facts
from pictures.kind import Kind, box_named
from pictures.readers import Row, Table
from pictures.scene import Arrow, Box, Scene, Text

_WHITEOUT = "character special file"


def _scene(picture: Data, number: int, facts: Facts) -> Scene:
    frames = list(picture.need("frames"))
    frame, layers = frames[number], picture.need("layers").parts()
    tables = [facts.table(other.need("files")) for other in frames]
    columns = sorted({_name(path) for table in tables for path in table if "/" in path})
    types = picture.get("types")
    whiteouts = facts.table(types) if types else {}
    files = facts.table(frame.need("files"))
    rows = []
    for layer, said in layers.items():
        cells = (_cell(f"{layer}/{name}", files, whiteouts, picture, facts) for name in columns)
        inside = Box("", (), tuple(cells), across=True, look="bare", even=True)
        heads = (Text(layer, "code"), Text(facts.say(said), "note"))
        rows.append(Box(layer, heads, (inside,), look="group"))
    is_wide = any(other.get("arrow") for other in frames)
    root = Box("", (), tuple(rows), look="bare", gap=24 if is_wide else 12)
    ends = [box_named(name, root) for name in frame.get("arrow") or ()]
    return Scene(root, tuple(Arrow(*pair, state="lit") for pair in pairwise(ends)))


def _cell(path: str, files: Table, whiteouts: Table, picture: Data, facts: Facts) -> Box:
    row = files.get(path)
    if row is None:
        return Box(path, (Text(" ", "code"), Text(" ", "note")), state="hidden")
    kind = whiteouts.get(path, {})
    is_whiteout = kind.get("type") == _WHITEOUT and kind.get("device") == "0,0"
    # A blank keeps the room, so that nothing moves.
    note = facts.say(picture.need("whiteout")) if is_whiteout else _size(row) or " "
    texts = (Text(_name(path), "code"), Text(note, "note"))
    return Box(path, texts, state="gone" if is_whiteout else "")


def _size(row: Row) -> str:
    return f"{int(row['size']):,} B" if "size" in row else ""


def _name(path: str) -> str:
    return path.rpartition("/")[2]


KIND = Kind("layers", ("layers", "types", "whiteout"), ("files", "arrow"), _scene)
