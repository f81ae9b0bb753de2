"""Which packages of an image are no longer those that its recipe names: their suite has moved."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from snippetlab.errors import Cure, SourceError
from snippetlab.images.image import Image, Recipe
from snippetlab.images.recipe_files import DEFAULT, content, line_of
from snippetlab.images.suites import fallen
from snippetlab.project import Project
from snippetlab.registry import lab_on


def moved(project: Project, recipe: Recipe, image: Image) -> Iterator[SourceError]:
    """Each of them, at the line that names it."""
    for suite, package, version, wanted in fallen(recipe.pins, image.packages):
        path = _naming(project, suite, package)
        key = package if package.replace("-", "").isalnum() else f'"{package}"'
        cure = Cure(
            "moved-package",
            f'Write it there: {key} = "{version}"',
            f"Then make the image, and see what it changes: snippetlab lab build {recipe.name}"
            f" && snippetlab verify --lab {lab_on(recipe.name)}",
        )
        message = f"the {recipe.name} image has {package} {version}: {suite} has no {wanted} now"
        yield SourceError(path, line_of(path, package), message, cure)


def _naming(project: Project, suite: str, package: str) -> Path:
    """The recipe whose version counts: a site's own, before one that comes with the engine."""
    for place in (project.lab, DEFAULT):
        for path in sorted(place.glob("*.toml")):
            table = tomllib.loads(content(path).decode()).get("from", {})
            if package in table.get(suite, {}):
                return path
    raise AssertionError(package)  # the recipe was read from one of them
