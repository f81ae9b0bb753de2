"""What all kinds of pictures have in common."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from pictures.data import Data
from pictures.facts import Facts
from pictures.scene import Box, Scene
from snippetlab.errors import Cure

_STATES = {"lit": "lit", "gone": "gone", "faint": "faint", "hide": "hidden"}
"""What a frame says of boxes → their state."""


@dataclass(frozen=True)
class Kind:
    name: str
    parts: tuple[str, ...]
    """What its pictures have besides what all have."""
    of_frames: tuple[str, ...]
    scene: Callable[[Data, int, Facts], Scene]
    """Picture and number of a frame, from 0 → what that shows."""


def box_named(name: Data, root: Box) -> str:
    """That name. Raises SourceError if no box has it."""
    known = [box.name for box in root.walk() if box.name]
    if name.text() in known:
        return name.text()
    cure = Cure("picture-box", f"There are: {', '.join(known)}.")
    raise name.fault(f"the picture has no box `{name.text()}` here", cure)


def with_states(scene: Scene, frame: Data) -> Scene:
    """Boxes look as the frame says. Raises SourceError for the name of none."""
    states = {
        box_named(name, scene.root): state
        for part, state in _STATES.items()
        for name in frame.get(part) or ()
    }
    return replace(scene, root=_with(scene.root, states))


def _with(box: Box, states: dict[str, str], above: str = "") -> Box:
    """What is in a hidden box is hidden, too."""
    own = states.get(box.name, "")
    state = "hidden" if "hidden" in (above, box.state) else f"{box.state} {own}".strip()
    state = "hidden" if own == "hidden" else state
    parts = tuple(_with(part, states, state) for part in box.parts)
    return replace(box, parts=parts, state=state)
