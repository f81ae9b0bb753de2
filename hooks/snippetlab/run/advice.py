"""What to do about a command that a lab does not have."""

from difflib import get_close_matches

from snippetlab.errors import Cure, EngineError
from snippetlab.images.dpkg import Packages
from snippetlab.images.image import read_recipe
from snippetlab.images.recipe_files import recipe_directory
from snippetlab.project import Project
from snippetlab.registry import LABS, layers


def missing_command(project: Project, lab: str, packages: Packages, name: str) -> list[Cure]:
    """The cures for a command that is not found: meant otherwise, elsewhere, or to be added.

    Empty where the image has it, so that something else keeps it from being found.
    """
    image = LABS[lab].image
    if packages.has(name) or image not in layers():
        return []
    cures: list[Cure] = []
    if nearest := get_close_matches(name, packages.programs, n=1, cutoff=0.75):
        cures.append(Cure("mistyped-command", f"Did you mean `{nearest[0]}`?"))
    after = [o for o in [*LABS][[*LABS].index(lab) + 1 :] if _is_advised(o)]
    if other := next((o for o in after if _has(project, LABS[o].image, name)), ""):
        cures.append(Cure("use-another-lab", f'The {other} lab has it: # lab = "{other}"'))
    cures.append(_adding(project, image))
    return cures


def _is_advised(lab: str) -> bool:
    """Whether a package may be added to it, and a tag `lab` may name it."""
    is_older = bool(LABS[lab].version) and not LABS[lab].versions
    return LABS[lab].image in layers() and not is_older


def _adding(project: Project, image: str) -> Cure:
    """How a package comes into the image."""
    build = f"snippetlab lab build {image}"
    if recipe_directory(project, image) == project.lab:
        text = (
            f"To add it, name its Debian package in `packages` of lab/{image}.toml, then: {build}"
        )
        return Cure("add-a-package", text)
    return Cure(
        "add-to-recipe",
        f"To add it, write lab/{image}.toml with the Debian package that has it:",
        f'    extends = "{image}"',
        '    packages = ["…"]',
        f"Then: {build}",
    )


def _has(project: Project, image: str, name: str) -> bool:
    """Whether its recipe says so."""
    try:
        recipe = read_recipe(project, image)
    except EngineError:
        return False
    stated = {command for commands in recipe.stated.packages.values() for command in commands}
    return name in stated or name in recipe.packages
