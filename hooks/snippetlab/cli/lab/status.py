"""Say which labs work here, and why the others do not.

The status is 1 where one does not.
"""

import click

from snippetlab.cli.lab._project import project_here
from snippetlab.errors import LabUnavailableError, SourceError
from snippetlab.images.image import Image, read_recipe
from snippetlab.images.moved import moved
from snippetlab.images.recipe_files import has_recipe
from snippetlab.project import Project
from snippetlab.registry import LABS, layers
from snippetlab.run.laboratory import open_laboratory
from snippetlab.say import say


@click.command(help=__doc__)
def command() -> int:
    project = project_here()
    works = True
    for name in (name for name, lab in LABS.items() if has_recipe(project, lab.image)):
        try:
            with open_laboratory(project, name) as laboratory:
                say(f"{name}: works with image {laboratory.image.digest[:16]}")
                say(f"    {laboratory.image.root}")
                say(f"    Linux {laboratory.kernel}")
                if emulator := getattr(laboratory.lab, "emulator", ""):
                    say(f"    {emulator}")
                for what, cure in laboratory.lab.weaknesses:
                    say(f"    {what}\n    {cure}")
                for error in _moved(project, laboratory.image):
                    say(f"    {error.message}")
                if laboratory.drift:
                    say(f"    not what was last verified: {', '.join(laboratory.drift)}")
        except LabUnavailableError as error:
            works = False
            say(f"{name}: {error}")
    return 0 if works else 1


def _moved(project: Project, image: Image) -> list[SourceError]:
    recipe = read_recipe(project, image.name) if image.name in layers() else None
    return list(moved(project, recipe, image)) if recipe else []
