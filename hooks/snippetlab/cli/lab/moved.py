"""Say which packages have another version than named.

A recipe names it, and an image has another where the package comes from a suite that moved. The
status is 1 if there is one.
"""

import click

from snippetlab.cli.lab._project import project_here
from snippetlab.images.image import find_image, read_recipe
from snippetlab.images.moved import moved
from snippetlab.registry import layers
from snippetlab.say import say


@click.command(help=__doc__)
def command() -> int:
    project = project_here()
    found = False
    for name in layers():
        recipe = read_recipe(project, name)
        if not recipe.pins:
            continue
        if not (image := find_image(recipe)):
            say(f"the {name} image is not here")
            continue
        for error in moved(project, recipe, image):
            found = True
            say(error, error=True)
    return 1 if found else 0
