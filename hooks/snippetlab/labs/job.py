"""What a lab is given to run: the files of a chain's snippets, and a script for each of them."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from snippetlab.labs import shell
from snippetlab.labs.places import HOME, STAGE
from snippetlab.labs.steps import Steps
from snippetlab.snippet.program import Program

ENVIRONMENT = {
    "COLUMNS": "80",
    "HOME": HOME,
    "LC_ALL": "C.UTF-8",
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "TERM": "dumb",  # as bash takes it where none is said; programs such as top want one
    "TZ": "UTC",
    "USER": "root",
}
"""Of every script; nothing of the caller's."""


@dataclass(frozen=True)
class Job:
    """One chain."""

    scripts: Sequence[str]
    """Paths of what bash runs, one after another."""
    files: Mapping[str, bytes]
    """Path in the lab → content."""

    @property
    def encoded(self) -> dict[str, Any]:
        """As JSON can hold it."""
        files = {path: base64.b64encode(content).decode() for path, content in self.files.items()}
        return {"scripts": self.scripts, "files": files}


def job_of(runs: Sequence[Steps], reports: shell.Reports = shell.REPORTS) -> Job:
    """The scripts, and beside them the files of all; `reports` is how they speak to the lab."""
    scripts: dict[str, bytes] = {}
    files: dict[str, bytes] = {}
    for number, steps in enumerate(runs):
        files |= files_of(steps.program)
        script = script_of(steps.program, steps.nonce, reports)
        scripts[place_of(number, steps.program)] = script.encode()
    return Job(list(scripts), files | scripts)


def files_of(program: Program) -> dict[str, bytes]:
    """Path in the lab → content."""
    return {f"{HOME}/{name}": content for name, content in program.files.items()}


def place_of(number: int, program: Program) -> str:
    """Of a script. Each has a directory of its own: two of a chain may have the same name."""
    return f"{STAGE}/{number}/{program.path.name}"


def script_of(program: Program, nonce: str, reports: shell.Reports = shell.REPORTS) -> str:
    """What bash runs."""
    return f"cd; unset OLDPWD\n{shell.script(program.commands, nonce, reports)}"
