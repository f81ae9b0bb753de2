"""Collect the source packages of an image.

They are to be hosted beside it.
"""

from functools import partial
from pathlib import Path

import click

from snippetlab.cli.lab._project import project_here
from snippetlab.images.browser.image import require_browser_image
from snippetlab.images.browser.recipe import read_browser_recipe
from snippetlab.images.browser.sources import collect_sources
from snippetlab.registry import BROWSER


@click.command(help=__doc__)
@click.argument("image", type=click.Choice([BROWSER]))
@click.argument("directory", type=Path)
def command(image: str, directory: Path) -> int:
    del image  # there is one
    project = project_here()
    built, recipe = require_browser_image(project), read_browser_recipe(project)
    collect_sources(built, recipe, directory, partial(print, flush=True))
    return 0
