"""Look around where snippets run.

The shell is interactive, and what it leaves ends with it.
"""

from pathlib import Path

import click

from snippetlab.project import Project
from snippetlab.registry import DEFAULT, LABS
from snippetlab.run.laboratory import open_laboratory


@click.command(help=__doc__)
@click.argument("lab", type=click.Choice(LABS), default=DEFAULT)
def command(lab: str) -> int:
    with open_laboratory(Project.find(Path.cwd()), lab) as laboratory:
        return laboratory.lab.interact()
