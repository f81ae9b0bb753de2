"""A snippet as a job for the reader's tab, in JSON."""

import base64
from typing import Any

from snippetlab.images.browser.image import BrowserImage
from snippetlab.labs import plan
from snippetlab.labs.browser.between import OWN
from snippetlab.labs.browser.lines import lines_of
from snippetlab.labs.job import files_of
from snippetlab.labs.planner import plan_of
from snippetlab.snippet.command import flatten
from snippetlab.snippet.entry import Entry

NONCE = "@nonce@"
"""Stands in the plans for what the page draws anew for each run."""


def job(entry: Entry, image: BrowserImage) -> dict[str, Any]:
    """A snippet with its chain: what to run, what was recorded."""
    return {
        "name": entry.snippet.file.name,
        "packs": image.packs_for(entry.programs),
        "files": {
            path: base64.b64encode(content).decode()
            for program in entry.programs
            for path, content in files_of(program).items()
        },
        "chain": [_member(number, member) for number, member in enumerate(entry.chain)],
    }


def _member(number: int, entry: Entry) -> dict[str, Any]:
    commands = entry.program.commands
    steps = entry.recording.transcript.steps if entry.recording else ()
    return {
        "plan": str(plan_of(entry.program, number, NONCE, OWN)),
        "events": plan.events(commands),
        "commands": [
            {
                "name": command.name or str(place),
                "prompt": command.prompt,
                "text": command.text,
                "expects": command.expects,
                "settle": command.settle,
                "hidden": command.hidden,
                "shell": command.shell is not None,
                "inside": f"{command.shell.delimiter}#" if command.shell else "",
            }
            for place, command in enumerate(flatten(commands), 1)
        ],
        "recorded": [
            {
                "prompt": step.prompt,
                "command": step.command,
                "status": step.status,
                "lines": lines_of(step, entry.snippet.volatile),
            }
            for step in steps
        ],
    }
