"""What a frame shows: boxes in boxes, and arrows between them. Where they lie is not known here."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A line, or what becomes several where it is too long for its box."""

    words: str
    look: str = "plain"
    """`head`, `plain`, `code` or `note`."""


@dataclass(frozen=True)
class Box:
    """Texts, and below them parts."""

    name: str = ""
    """What arrows and frames call it."""
    texts: tuple[Text, ...] = ()
    parts: tuple["Box", ...] = ()
    across: bool = False
    """Whether its parts stand side by side, and not one below the other."""
    look: str = "part"
    """`part`, `group`, `outer` or `inner` for a number, or `bare` for what has no edge."""
    state: str = ""
    """`lit`, `gone` or `faint`, also two of them; `hidden`; empty for most."""
    gap: int = 12
    """Between its parts."""
    even: bool = False
    """Whether its parts are equally wide where they stand side by side, if there is room."""

    def walk(self) -> Iterator["Box"]:
        """This one and all in it, in the order in which they are read."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True)
class Arrow:
    start: str
    end: str
    """Names of boxes."""
    label: str = ""
    state: str = ""


@dataclass(frozen=True)
class Scene:
    root: Box
    arrows: tuple[Arrow, ...] = ()

    def described(self) -> str:
        """For who does not see it: what each box says, and where each arrow leads."""
        seen = (box for box in self.root.walk() if box.texts and box.state != "hidden")
        called = {box.name: box.texts[0].words for box in seen}
        arrows = (
            f"{called[arrow.start]} → {called[arrow.end]}"
            + (f": {arrow.label}" if arrow.label else "")
            for arrow in self.arrows
            if arrow.start in called and arrow.end in called
        )
        return "; ".join(filter(None, (*_said(self.root), *arrows)))


def _said(box: Box) -> Iterator[str]:
    if box.state == "hidden":
        return
    own = " ".join(text.words for text in box.texts).strip()
    below = [said for part in box.parts for said in _said(part)]
    if box.look == "part":
        yield " ".join(filter(None, (own, *below)))
    else:
        yield own
        yield from below
