"""One snippet as a page shows it: what rendering takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from snippetlab.compare.difference import Difference
from snippetlab.run.lock import Lock
from snippetlab.show.anchors import anchor, part_anchor
from snippetlab.show.part import Part
from snippetlab.show.templates import Templates
from snippetlab.show.words import Words
from snippetlab.snippet.command import Command, NestedShell, flatten
from snippetlab.snippet.snippet import Snippet
from snippetlab.stated import Stated
from snippetlab.transcript import Step, Transcript


@dataclass(frozen=True)
class Machine:
    """What runs snippets in the reader's tab, as one snippet needs it."""

    address: str
    """Where the tab finds it, as seen from the page."""
    loads: Mapping[str, int]
    """Name of each part that the tab gets once a visit → its bytes."""


@dataclass(frozen=True)
class Frame:
    """What surrounds the steps on a page."""

    templates: Templates
    href: str
    """Where the reader finds the snippet's file."""
    lock: Lock
    stated: Mapping[str, Stated]
    """By the lab's name."""
    fold: int | None = None
    """Lines of a step's output that are shown at once, if the page says so."""
    verified: str = ""
    """The date (YYYY-MM-DD) of the last verification."""
    machine: Machine | None = None
    """What runs it in the reader's tab; none where the site brings nothing along for that."""
    repository: str = ""
    """Its URL, where readers report what they saw; empty if the site does not know it."""
    placeholder: bool = False
    """Whether the snippet has yet to run, so that there is only its commands to show."""

    @property
    def words(self) -> Words:
        return self.templates.words


@dataclass(frozen=True)
class Noted:
    """A note as the templates have it."""

    number: int
    """On its page, from 1."""
    text: Markup
    anchor: str


@dataclass(frozen=True)
class Other:
    """The same snippet in another version of its lab."""

    block: "Block"
    differences: tuple[Difference, ...]
    """Of the whole run, from the first version."""


@dataclass(frozen=True)
class Block:
    """One snippet as a page shows it; without a transcript its commands are shown as not run."""

    snippet: Snippet
    commands: tuple[Command, ...]
    transcript: Transcript | None
    frame: Frame
    part: Part | None = None
    """What is shown of the run, if it is not all."""
    notes: Mapping[str, Noted] = field(default_factory=dict)
    """Name of a step → what the page says of it."""
    others: tuple[Other, ...] = ()
    """What is recorded in other versions of its lab."""

    @property
    def anchor(self) -> str:
        return anchor([self.snippet.id])

    @property
    def place(self) -> str:
        """Where on the page it stands: not the run's anchor for a part further on in it."""
        start = self.part.start if self.part else ""
        return part_anchor(self.anchor, start)

    def shown(self, other: Other) -> tuple[Difference, ...]:
        """The differences in the steps that are shown."""
        part = self.part
        steps = range(part.first, part.stop) if part else range(len(self.steps))
        return tuple(one for one in other.differences if one.step in steps)

    @property
    def differing(self) -> tuple[Other, ...]:
        """The versions in which one of these steps prints something else."""
        return tuple(other for other in self.others if self.shown(other))

    @property
    def pair(self) -> NestedShell | None:
        """The shell that takes turns with the one outside, if there are two terminals."""
        shells = (command.shell for command in self.commands)
        return next((shell for shell in shells if shell and shell.takes_turns), None)

    @property
    def steps(self) -> tuple[Step, ...]:
        if self.transcript:
            return self.transcript.steps
        return tuple(Step(c.text, b"", 0, c.prompt) for c in flatten(self.commands))
