"""Make an image, if it is missing."""

import os
from functools import partial
from pathlib import Path

import click

from snippetlab.errors import Cure, EngineError
from snippetlab.labs.bootstrap import build_emulator, build_image
from snippetlab.labs.browser.build import build_image as build_browser_image
from snippetlab.labs.browser.recipe import DEFAULT_KERNEL, KERNELS
from snippetlab.labs.browser.recipe import read_recipe as read_browser_recipe
from snippetlab.labs.image import read_recipe
from snippetlab.labs.saving import build_snapshot
from snippetlab.pace import paced
from snippetlab.project import Project
from snippetlab.say import say
from snippetlab.snippet import EMULATOR, IMAGES
from snippetlab.tags import BROWSER


@click.command(help=__doc__)
@click.argument("image", type=click.Choice([*IMAGES, EMULATOR, BROWSER]))
@click.option("--fresh", is_flag=True, help="Make it anew, with today's packages.")
@click.option("--kernel", type=click.Choice(KERNELS), help="Of the browser image.")
def command(image: str, fresh: bool, kernel: str | None) -> int:
    project = Project.find(Path.cwd())
    if os.geteuid() == 0:
        os.umask(0o022)  # what root makes here is for nobody to read, who runs the snippets
    if kernel and image != BROWSER:
        cure = Cure("kernel-of-browser", f"Leave it out: snippetlab lab build {image}")
        raise EngineError("--kernel is for the browser image", cure)
    with paced(image, partial(say, at_once=True)) as tell:
        if image == BROWSER:
            browser = read_browser_recipe(project, kernel or DEFAULT_KERNEL)
            build_browser_image(browser, tell, fresh=fresh)
            return 0
        recipe = read_recipe(project, image)
        built = build_image(recipe, tell, fresh=fresh)
        if recipe.machine:
            build_emulator(recipe, tell)
            build_snapshot(recipe, built, tell, fresh=fresh)
    return 0
