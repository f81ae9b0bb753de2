"""What captions say of each lab, from the recipe of its own image."""

from snippetlab.images.image import read_recipe
from snippetlab.project import Project
from snippetlab.registry import DEFAULT, LABS, layers
from snippetlab.snippet.library import Library
from snippetlab.stated import Stated


def stated_in(project: Project, library: Library) -> dict[str, Stated]:
    """By the lab's name, of all that these snippets run in. Raises EngineError.

    What is no layer of Debian has the same programs as the default lab, and a lock of its own.
    """
    snippets = [entry.snippet for entry in library.entries.values()]
    return {lab: _stated(project, lab) for lab in {s.lab for s in snippets if s.runs}}


def _stated(project: Project, lab: str) -> Stated:
    image = LABS[lab].image
    return read_recipe(project, image if image in layers() else LABS[DEFAULT].image).stated
