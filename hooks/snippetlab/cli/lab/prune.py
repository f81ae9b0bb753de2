"""List images and states that this site does not use.

Your other sites share them: what one of them still uses would have to be made again.
"""

from pathlib import Path

import click

from snippetlab.images.image import read_recipe
from snippetlab.make.prune import remove_unused, unused
from snippetlab.project import Project
from snippetlab.registry import layers
from snippetlab.say import say


@click.command(help=__doc__)
@click.option("--force", is_flag=True, help="Remove them.")
def command(force: bool) -> int:
    project = Project.find(Path.cwd())
    recipes = [read_recipe(project, name) for name in layers()]
    found = remove_unused(recipes) if force else unused(recipes)
    for path, size in found.items():
        say(f"{size / 1e6:6.0f} MB  {path}")
    total = f"{sum(found.values()) / 1e6:.0f} MB"
    if force or not found:
        say(f"{total} freed")
    else:
        say(f"{total} could be freed: snippetlab lab prune --force")
    return 0
