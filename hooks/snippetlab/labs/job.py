"""What a lab is given to run: the files of a chain's snippets, and a script for each of them."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from snippetlab.labs.places import HOME
from snippetlab.labs.planner import plan_of
from snippetlab.labs.reporting import USUAL, Reporting
from snippetlab.labs.session import files_of_session
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

    plans: Sequence[str]
    """What bash runs, one after another: see plan.py."""
    files: Mapping[str, bytes]
    """Path in the lab → content."""

    @property
    def encoded(self) -> dict[str, Any]:
        """As JSON can hold it."""
        files = {path: base64.b64encode(content).decode() for path, content in self.files.items()}
        return {"plans": self.plans, "files": files}


def job_of(runs: Sequence[Steps], reporting: Reporting = USUAL) -> Job:
    """The plans, and beside them the files of all."""
    plans = [
        str(plan_of(run.program, number, run.nonce, reporting)) for number, run in enumerate(runs)
    ]
    files: dict[str, bytes] = {}
    for number, run in enumerate(runs):
        files |= files_of(run.program) | files_of_session(number, run.program, run.nonce)
    return Job(plans, files)


def files_of(program: Program) -> dict[str, bytes]:
    """Path in the lab → content."""
    return {f"{HOME}/{name}": content for name, content in program.files.items()}
