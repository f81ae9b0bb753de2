"""Run one snippet and print its transcript.

Nothing is written.
"""

from pathlib import Path

import click

from snippetlab.cli._parameters import snippet_id
from snippetlab.project import Project
from snippetlab.run import selection
from snippetlab.run.laboratory import open_laboratory
from snippetlab.say import say
from snippetlab.snippet.library import read_library


@click.command(help=__doc__)
@snippet_id
def command(id_: str) -> int:
    project = Project.find(Path.cwd())
    entry = selection.runnable(read_library(project), id_)
    with open_laboratory(project, entry.snippet.lab) as laboratory:
        say(laboratory.run(entry.programs)[-1].dumps(), end="")
    return 0
