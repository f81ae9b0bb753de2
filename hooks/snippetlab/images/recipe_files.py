"""The files of recipes: where they lie, what stands in them, and what is wrong with one."""

import os
import re
from pathlib import Path

from snippetlab.checkout import read
from snippetlab.errors import Cure, EngineError, display
from snippetlab.project import Project

DEFAULT = Path(__file__).with_name("default")
"""Where the recipes lie that come with the engine."""
_NO_LAYERS = {"browser", "lock"}
"""What else is lab/*.toml."""
UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What is raised while a recipe is read that is none."""


def recipe_directory(project: Project, name: str) -> Path:
    """Where the recipe of that name lies: in lab/, or with the engine."""
    return project.lab if os.path.lexists(project.lab / f"{name}.toml") else DEFAULT


def has_recipe(project: Project, name: str) -> bool:
    """Whether there is one of that name."""
    return (recipe_directory(project, name) / f"{name}.toml").is_file()


def layer_names(project: Project) -> list[str]:
    """The recipes that a recipe may name."""
    places = (project.lab, DEFAULT)
    return sorted({path.stem for place in places for path in place.glob("*.toml")} - _NO_LAYERS)


def adds_to_default(directory: Path, name: str) -> bool:
    """Whether the recipe that lies there is a site's own of one that comes with the engine.

    By its own name it then extends that one.
    """
    return directory != DEFAULT and (DEFAULT / f"{name}.toml").is_file()


def content(path: Path) -> bytes:
    """Of a site's file as of all that contributors send; of the engine's own wherever it lies."""
    return path.read_bytes() if path.is_relative_to(DEFAULT) else read(path)


def line_of(toml: Path, key: str) -> int:
    """Where the key stands; 1 if it does not."""
    lines = enumerate(content(toml).decode().split("\n"), 1)
    return next((n for n, line in lines if re.match(rf"\s*\W?{key}\W?\s*=", line)), 1)


def unreadable(path: Path, error: Exception) -> EngineError:
    """What is wrong with a recipe, and the cure."""
    line = f":{found[1]}" if (found := re.search(r"\(at line (\d+),", str(error))) else ""
    what = f"it has no `{error.args[0]}`" if isinstance(error, KeyError) else str(error)
    cure = Cure("restore-recipe", f"Restore it: git checkout {display(path)}")
    if "suite" in error.args and adds_to_default(path.parent, path.stem):
        text = f'If it is to add to the one that snippetlab has: extends = "{path.stem}"'
        cure = Cure("extend-recipe", text).also(cure)
    return EngineError(f"{display(path)}{line}: the recipe is unreadable: {what}", cure)
