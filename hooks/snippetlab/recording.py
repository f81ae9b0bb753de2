"""The transcript committed beside a snippet: `isolation/uts.out`.

Its first line carries a key over what the author controls, so that a change of the snippet
makes the recording stale, and a sum over the text below, so that a hand edit is seen.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from snippetlab.command import Command
from snippetlab.errors import SourceError
from snippetlab.files import write_atomically
from snippetlab.limits import DEFAULTS
from snippetlab.program import Program
from snippetlab.snippet import Snippet
from snippetlab.transcript import GrammarError, Transcript

_HEADER = re.compile(r"# recording 1 key=([0-9a-f]{16}) sum=([0-9a-f]{16})")


class State(StrEnum):
    """How a recording stands to its snippet."""

    FRESH = "fresh"
    STALE = "stale"
    MISSING = "missing"
    EDITED = "edited by hand"
    NOT_RUN = "not run"
    """The snippet's lab is `none`: it has no recording and must have none."""


@dataclass(frozen=True)
class Recording:
    """A recording as it was read."""

    transcript: Transcript
    key: str
    sum: str
    """Of the text, as the file states it."""
    edited: bool


def key_of(snippet: Snippet, programs: Sequence[Program]) -> str:
    """Changes with anything that could change what a run prints, and with nothing else.

    `programs` are those of the chain that the snippet ends.
    """
    content = {"lab": snippet.lab, "programs": [_described(program) for program in programs]}
    return _digest(json.dumps(content, ensure_ascii=False, sort_keys=True).encode())


def read_recording(snippet: Snippet) -> Recording | None:
    """The recording, or None where there is none. Raises SourceError where it is no recording."""
    path = snippet.recording
    cure = f"Record it anew: snippetlab record {snippet.id}"
    try:
        text = path.read_bytes().decode()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise SourceError(path, 1, "the recording is not UTF-8", cure) from None
    header, _, body = text.partition("\n")
    if not (found := _HEADER.fullmatch(header)):
        raise SourceError(path, 1, "this is no recording's first line", cure)
    try:
        transcript = Transcript.loads(body)
    except GrammarError as error:
        raise SourceError(path, error.line + 1, f"unreadable: {error}", cure) from None
    return Recording(transcript, found[1], found[2], edited=_digest(body.encode()) != found[2])


def write_recording(snippet: Snippet, key: str, transcript: Transcript) -> None:
    """Replace the recording in one step."""
    body = transcript.dumps()
    header = f"# recording 1 key={key} sum={_digest(body.encode())}\n"
    write_atomically(snippet.recording, (header + body).encode())


def state_of(snippet: Snippet, key: str, recording: Recording | None) -> State:
    """How the recording stands to the snippet, whose key is now `key`."""
    if not snippet.runs:
        return State.NOT_RUN
    if recording is None:
        return State.MISSING
    if recording.edited:
        return State.EDITED
    return State.FRESH if recording.key == key else State.STALE


def _described(program: Program) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": program.path.name,
        "commands": [_command(command) for command in program.commands],
        "files": {name: _digest(program.files[name]) for name in sorted(program.files)},
    }
    # What a run prints when it meets a limit may be what the snippet shows.
    if program.limits != DEFAULTS:
        described["limits"] = asdict(program.limits)
    return described


def _command(command: Command) -> list[Any]:
    described: list[Any] = [command.text, command.expects]
    described += ["outside"] if command.outside else []
    if command.shell:
        described += [command.shell.opening, [_command(c) for c in command.shell.commands]]
    return described


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
