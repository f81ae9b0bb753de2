"""One snippet as a page shows it: what rendering takes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from snippetlab.run.lock import Lock
from snippetlab.show.templates import Templates
from snippetlab.show.words import Words
from snippetlab.snippet.command import Command, NestedShell, flatten
from snippetlab.snippet.snippet import Snippet
from snippetlab.transcript import Step, Transcript


@dataclass(frozen=True)
class Frame:
    """What surrounds the steps on a page."""

    templates: Templates
    href: str
    """Where the reader finds the snippet's file."""
    lock: Lock
    stated: Mapping[str, Sequence[str]]
    """Package whose version is stated → the commands that bring it up."""
    fold: int | None = None
    """Lines of a step's output that are shown at once, if the page says so."""
    verified: str = ""
    """The date (YYYY-MM-DD) of the last verification."""
    machine: str = ""
    """Where the reader's tab finds the machine that runs snippets; empty if there is none."""
    repository: str = ""
    """Its URL, where readers report what they saw; empty if the site does not know it."""
    placeholder: bool = False
    """Whether the snippet has yet to run, so that there is only its commands to show."""

    @property
    def words(self) -> Words:
        return self.templates.words


@dataclass(frozen=True)
class Block:
    """One snippet as a page shows it; without a transcript its commands are shown as not run."""

    snippet: Snippet
    commands: tuple[Command, ...]
    transcript: Transcript | None
    frame: Frame

    @property
    def anchor(self) -> str:
        return anchor([self.snippet.id])

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


def anchor(ids: Sequence[str]) -> str:
    """Where on a page a fence stands that shows these snippets, one or two."""
    names = (id_.rpartition("/")[2] for id_ in ids[1:])
    return "-".join((re.sub("[/@]", "-", ids[0]), *names))
