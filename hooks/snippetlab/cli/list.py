"""Print all snippets with lab and state."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from snippetlab.project import Project
from snippetlab.registry import LABS
from snippetlab.say import say
from snippetlab.snippet.library import read_library
from snippetlab.snippet.recording import State
from snippetlab.snippet.snippet import NOT_RUN

if TYPE_CHECKING:
    from snippetlab.run.output import Listed


@click.command(help=__doc__)
@click.option("--json", "as_json", is_flag=True, help="An array of {id, lab, state, path}.")
@click.option("--lab", type=click.Choice([*LABS, NOT_RUN]), help="Only what runs there.")
@click.option("--state", type=click.Choice([s.value for s in State]), help="Only what is so.")
def command(as_json: bool, lab: str | None, state: str | None) -> int:
    project = Project.find(Path.cwd())
    library = read_library(project)
    rows: list[Listed] = [
        {
            "id": entry.snippet.id,
            "lab": entry.snippet.lab,
            "state": entry.state,
            "path": entry.snippet.path.relative_to(project.root).as_posix(),
        }
        for entry in library.entries.values()
        if lab in (None, entry.snippet.lab) and state in (None, entry.state)
    ]
    for fault in library.faults:
        say(fault, error=True)
    if as_json:
        say(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for row in rows:
            say(f"{row['id']:40} {row['lab']:10} {row['state']}")
    return 1 if library.faults else 0
