"""Making the saved state of a machine, where it is missing."""

from collections.abc import Callable
from contextlib import suppress

from snippetlab.errors import LabUnavailableError
from snippetlab.images.bootstrap import locked
from snippetlab.images.disk import check_space
from snippetlab.images.image import Image, Recipe
from snippetlab.labs.machine.qemu import find_processor
from snippetlab.labs.machine.snapshot import find_snapshot, make_snapshot
from snippetlab.project import cache_directory


def build_snapshot(
    recipe: Recipe, image: Image, say: Callable[[str], None], *, fresh: bool = False
) -> None:
    """Start a machine's image and save its state, or find that this was just done.

    Raises EngineError.
    """
    with locked(cache_directory() / f"{recipe.name}.lock"):
        processor = find_processor(recipe, image)
        with suppress(LabUnavailableError):  # a damaged one is made anew
            if find_snapshot(recipe, image, processor) and not fresh:
                say(f"{recipe.name} lab: ready")
                return
        check_space(recipe)
        make_snapshot(recipe, image, processor, say)
