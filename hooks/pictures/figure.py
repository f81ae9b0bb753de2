"""A picture → the figure on a page: a drawing of each frame, with its caption and its step."""

from dataclasses import dataclass
from math import ceil
from pathlib import Path

from markupsafe import Markup

from pictures.facts import Facts, Recorded
from pictures.kind import with_states
from pictures.layout import WIDTH, Drawing, lay_out
from pictures.picture import Picture
from snippetlab.show.anchors import anchor
from snippetlab.show.templates import Templates
from snippetlab.snippet.library import Library

TEMPLATES = Path(__file__).with_name("templates")
"""What makes the markup."""


@dataclass(frozen=True)
class Shown:
    """A frame as the template has it."""

    number: int
    says: str
    described: str
    drawing: Drawing
    recorded: Recorded
    command: str
    """The first line of what was typed in its step."""
    anchor: str
    """Where on the page the step stands, if it has a name."""


def figure(picture: Picture, library: Library, templates: Templates, language: str) -> Markup:
    """Raises SourceError for what its recordings do not have, or not in that form."""
    facts = Facts(picture.data, library, templates.words, language)
    frames = [_frame(picture, number, facts) for number in range(len(picture.frames))]
    return templates.render(
        "picture.html",
        name=picture.name,
        title=facts.say(picture.data.need("title")),
        snippet=frames[0].recorded.snippet,
        anchor=anchor([frames[0].recorded.snippet]),
        frames=frames,
        width=WIDTH,
        height=ceil(max(frame.drawing.height for frame in frames)),
    )


def _frame(picture: Picture, number: int, facts: Facts) -> Shown:
    data = picture.frames[number]
    scene = with_states(picture.kind.scene(picture.data, number, facts), data)
    recorded = facts.step(data.need("step"))
    first, *more = recorded.step.command.splitlines()
    at = f"{anchor([recorded.snippet])}-{recorded.name}" if recorded.command.name else ""
    return Shown(
        number + 1,
        facts.say(data.need("says")),
        scene.described(),
        lay_out(scene),
        recorded,
        f"{recorded.step.prompt} {first}{' …' if more else ''}",
        at,
    )
