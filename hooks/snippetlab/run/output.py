"""What commands write for other programs, as JSON: an array of these.

Fields may be added; none goes or changes its type within a major version.
"""

from collections.abc import Sequence
from typing import TypedDict

from snippetlab.run.runner import Verdict
from snippetlab.snippet.recording import State


class Listed(TypedDict):
    """One snippet, of `snippetlab list --json`."""

    id: str
    lab: str
    """The tag `lab`."""
    state: State
    """Of its recording."""
    path: str
    """The snippet's file, relative to the checkout."""


class Found(TypedDict):
    """One run, of `snippetlab verify --json FILE`; or a file that cannot be read."""

    id: str
    """Of the snippet; of a file that cannot be read, its path."""
    verdict: Verdict
    seconds: float
    path: str
    """Where to look, relative to the checkout."""
    line: int
    """From 1."""
    message: str
    """What is wrong and the cure, or why it did not run; empty where it held."""
    diff: Sequence[str]
    """Lines of a unified difference, from the recording to what was printed."""
    causes: Sequence[str]
    """What of another version than lab/lock.toml names may be behind it."""


class Drifted(TypedDict):
    """One step that prints something else in another version, of `snippetlab drift --json`."""

    id: str
    """Of the snippet in the other version: `docker/store@26`."""
    versions: Sequence[str]
    """The first one, and the other; what follows is in their order."""
    kind: str
    """Of change, by the tag `differs`; empty without one."""
    step: int
    """From 1."""
    name: str
    """Of the step; empty for most."""
    command: str
    only: Sequence[Sequence[str]]
    """The lines that only this version has."""
    statuses: Sequence[int]
    path: str
    line: int
    """Of the step in the snippet's file, from 1."""
