"""Places to run in. A lab knows nothing of pages, recordings or other snippets."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # images are made by the system's Python, which has nothing installed
    from snippetlab.images.image import Image
    from snippetlab.labs.weakness import Weakness
    from snippetlab.snippet.program import Program
    from snippetlab.transcript import Transcript


class Lab(Protocol):
    """One place to run in; safe to use from several threads."""

    name: str
    workers: int
    """Runs that go well at the same time on this machine."""

    @property
    def weaknesses(self) -> Sequence["Weakness"]:
        """Guards that are missing on this machine."""

    def check(self) -> None:
        """Raises LabUnavailableError, with the cure, where this machine cannot run it."""

    def run(self, chain: Sequence["Program"], *, alone: bool = False) -> tuple["Transcript", ...]:
        """Run programs one after another in a fresh instance, of which nothing is left.

        `alone`, a run gives way to nobody; the caller sees to it that no other run is here.
        Raises RunError for a step that fails, hangs or floods; one that hangs is an OverdueError.
        """

    def stop(self) -> None:
        """End every run at once; each raises RunError where it was called."""

    def close(self) -> None:
        """Give up all that is held between runs."""

    def interact(self) -> int:
        """Open a shell on the terminal, with what a snippet would find; its exit status."""


@dataclass(frozen=True)
class Opened:
    """A lab whose parts are all there, and what they are; see registry.py."""

    lab: Lab
    image: "Image"
    kernel: str
    """Its release."""
    rests_on: Callable[[], tuple[str, ...]] = tuple
    """What else its runs depend on, of this machine or of a saved one."""
    architecture: str = os.uname().machine
    """As `uname --machine` says it there."""
