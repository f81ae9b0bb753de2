"""Print a name for an image.

It changes with the image's recipe, and with those below it.
"""

import click

from snippetlab.cli.lab._project import project_here
from snippetlab.registry import maker_of, makers
from snippetlab.say import say


@click.command(help=__doc__)
@click.argument("image", type=click.Choice([*makers()]))
def command(image: str) -> int:
    project = project_here()
    say(maker_of(image).key(project, image))
    return 0
