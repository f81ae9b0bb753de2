"""Convert recordings of an earlier version.

All, if no ID is given. Nothing runs.
"""

from pathlib import Path

import click

from snippetlab.cli._parameters import snippet_ids
from snippetlab.errors import SourceError
from snippetlab.project import Project
from snippetlab.run import selection
from snippetlab.say import say
from snippetlab.snippet.library import read_library
from snippetlab.snippet.migration import migrate


@click.command(help=__doc__)
@snippet_ids
def command(ids: tuple[str, ...]) -> int:
    library = read_library(Project.find(Path.cwd()))
    faults: list[SourceError] = [*selection.broken(library, ids)]
    converted = 0
    for entry in selection.by_ids(library, ids):
        try:
            converted += migrate(entry)
        except SourceError as error:
            faults.append(error)
    for fault in faults:
        say(fault, error=True)
    say(f"{converted} recordings converted")
    return 1 if faults else 0
