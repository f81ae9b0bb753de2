"""Look around where snippets run.

The shell is interactive, and what it leaves ends with it.
"""

import click

from snippetlab.cli.lab._project import project_here
from snippetlab.registry import DEFAULT, LABS
from snippetlab.run.laboratory import open_laboratory


@click.command(help=__doc__)
@click.argument("lab", type=click.Choice(LABS), default=DEFAULT)
def command(lab: str) -> int:
    with open_laboratory(project_here(), lab) as laboratory:
        return laboratory.lab.interact()
