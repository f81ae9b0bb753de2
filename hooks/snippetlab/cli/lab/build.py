"""Make an image, if it is missing.

What it has otherwise than its recipe and lab/lock.toml name is said.
"""

import os
from functools import partial

import click

from snippetlab.cli.lab._project import project_here
from snippetlab.images.browser.recipe import KERNELS
from snippetlab.images.image import find_image, read_recipe
from snippetlab.images.moved import moved
from snippetlab.pace import paced
from snippetlab.project import Project
from snippetlab.registry import layers, maker_of, makers
from snippetlab.run.lock import changes, read_lock
from snippetlab.say import say


@click.command(help=__doc__)
@click.argument("image", type=click.Choice([*makers()]))
@click.option("--fresh", is_flag=True, help="Make it anew, with today's packages.")
@click.option("--kernel", type=click.Choice(KERNELS), help="Of the browser image.")
def command(image: str, fresh: bool, kernel: str | None) -> int:
    project = project_here()
    if os.geteuid() == 0:
        os.umask(0o022)  # what root makes here is for nobody to read, who runs the snippets
    with paced(image, partial(say, at_once=True)) as tell:
        maker_of(image).build(project, image, tell, fresh=fresh, kernel=kernel or "")
    if image in layers():
        _compare(project, image)
    return 0


def _compare(project: Project, name: str) -> None:
    recipe = read_recipe(project, name)
    if not (image := find_image(recipe)):
        return
    for error in moved(project, recipe, image):
        say(error)
    if then := read_lock(project.lab / "lock.toml").image(name):
        named = {package: version for package, version in then.items() if package in image.packages}
        for package, change in changes(named, image.packages):
            say(f"not what was last verified: {package} {change}")
