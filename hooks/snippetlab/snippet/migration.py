"""Recordings of an earlier form → today's, without running anything.

Form 1 had one line above the transcript, `# recording 1 key=… sum=…`: a key over all that could
change what a run prints, and a sum over the transcript's text.
"""

import hashlib
import json
import re
from dataclasses import asdict
from typing import Any

from snippetlab.checkout import read
from snippetlab.errors import Cure, SourceError
from snippetlab.limits import DEFAULTS, RECORDING
from snippetlab.snippet.command import Command
from snippetlab.snippet.entry import Entry
from snippetlab.snippet.program import Program
from snippetlab.snippet.recording import write_recording
from snippetlab.transcript import GrammarError, Transcript

_FORM_1 = re.compile(r"# recording 1 key=([0-9a-f]{16}) sum=([0-9a-f]{16})")
_FILES = 1024
"""The limit on open files, then, of a snippet that names none."""


def migrate(entry: Entry) -> bool:
    """Rewrite one recording; False where it has today's form, or there is none.

    Raises SourceError where it cannot be known to be what its snippet printed.
    """
    path = entry.snippet.recording
    try:
        header, _, body = read(path, RECORDING).decode().partition("\n")
    except (FileNotFoundError, UnicodeDecodeError):
        return False
    if not (found := _FORM_1.fullmatch(header)):
        return False
    cure = Cure("migrate-stale", f"Record it instead: snippetlab record {entry.snippet.id}")
    if found[2] != _digest(body.encode()):
        raise SourceError(path, 1, "not converted: the recording was edited by hand", cure)
    if found[1] != _key(entry):
        raise SourceError(path, 1, "not converted: the snippet has changed since", cure)
    try:
        transcript = Transcript.loads(body)
    except GrammarError as error:
        message = f"not converted: the recording is unreadable: {error}"
        raise SourceError(path, error.line + 1, message, cure) from None
    write_recording(entry.snippet, entry.inputs, transcript)
    return True


def _key(entry: Entry) -> str:
    programs = [_program(program) for program in entry.programs]
    content = {"lab": entry.snippet.lab, "programs": programs}
    return _digest(json.dumps(content, ensure_ascii=False, sort_keys=True).encode())


def _program(program: Program) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": program.path.name,
        "commands": [_command(command) for command in program.commands],
        "files": {name: _digest(program.files[name]) for name in sorted(program.files)},
    }
    if program.limits != DEFAULTS:
        described["limits"] = asdict(program.limits)
        if program.limits.files == DEFAULTS.files:
            described["limits"]["files"] = _FILES
    return described


def _command(command: Command) -> list[Any]:
    described: list[Any] = [command.text, command.expects]
    described += ["outside"] if command.outside else []
    if command.shell:
        described += [command.shell.opening, [_command(c) for c in command.shell.commands]]
    return described


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
