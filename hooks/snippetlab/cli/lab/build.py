"""Make an image, if it is missing."""

import os
from functools import partial

import click

from snippetlab.cli.lab._project import project_here
from snippetlab.images.browser.recipe import KERNELS
from snippetlab.pace import paced
from snippetlab.registry import maker_of, makers
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
    return 0
