"""Collect the source packages of an image.

They are to be hosted beside it.
"""

from functools import partial
from pathlib import Path

import click

from snippetlab.labs.browser.image import require_image
from snippetlab.labs.browser.recipe import read_recipe
from snippetlab.labs.browser.sources import collect_sources
from snippetlab.project import Project
from snippetlab.tags import BROWSER


@click.command(help=__doc__)
@click.argument("image", type=click.Choice([BROWSER]))
@click.argument("directory", type=Path)
def command(image: str, directory: Path) -> int:
    del image  # there is one
    project = Project.find(Path.cwd())
    collect_sources(
        require_image(project), read_recipe(project), directory, partial(print, flush=True)
    )
    return 0
