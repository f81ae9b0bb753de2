"""A picture as its author wrote it, `docs/pictures/NAME.yml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pictures import boxes, layers, processes, stack
from pictures.data import Data, read_data
from pictures.kind import Kind
from snippetlab.errors import Cure

KINDS: Mapping[str, Kind] = {
    kind.name: kind for kind in (boxes.KIND, layers.KIND, processes.KIND, stack.KIND)
}
_OWN = ("title", "kind", "snippet", "read", "frames")
_FRAME = ("step", "says", "lit", "gone", "faint", "hide")
"""What a frame of any kind may have: its step, its caption, and how boxes look in it."""


@dataclass(frozen=True)
class Picture:
    name: str
    data: Data
    kind: Kind
    frames: tuple[Data, ...]


def read_picture(path: Path) -> Picture:
    """Raises SourceError for a file that cannot be understood."""
    data = read_data(path)
    wanted = data.need("kind")
    kind = KINDS.get(wanted.text())
    if not kind:
        near = get_close_matches(wanted.text(), KINDS, n=1)
        meant = f"Did you mean `{near[0]}`? " if near else ""
        cure = Cure("picture-kind", f"{meant}There are: {', '.join(KINDS)}.")
        raise wanted.fault(f"there is no kind `{wanted.text()}`", cure)
    data.parts((*_OWN, *kind.parts))
    frames = tuple(data.need("frames"))
    for frame in frames:
        frame.parts((*_FRAME, *kind.of_frames))
    if len(frames) < 2:
        cure = Cure("picture-frames", "Add one, as `- step: NAME`; a still picture is an SVG file.")
        raise data.need("frames").fault("a picture that steps has two frames or more", cure)
    return Picture(path.stem, data, kind, frames)
