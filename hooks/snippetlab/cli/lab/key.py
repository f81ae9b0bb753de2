"""Print a name for an image.

It changes with the image's recipe, and with those below it.
"""

from pathlib import Path

import click

from snippetlab.labs.browser.recipe import read_recipe as read_browser_recipe
from snippetlab.labs.image import read_recipe
from snippetlab.project import Project
from snippetlab.say import say
from snippetlab.snippet import EMULATOR, IMAGES
from snippetlab.tags import BROWSER


@click.command(help=__doc__)
@click.argument("image", type=click.Choice([*IMAGES, EMULATOR, BROWSER]))
def command(image: str) -> int:
    project = Project.find(Path.cwd())
    browser = image == BROWSER
    say((read_browser_recipe(project) if browser else read_recipe(project, image)).key)
    return 0
