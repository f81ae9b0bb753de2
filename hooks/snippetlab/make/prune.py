"""Images and saved states in the cache that no recipe of this checkout leads to any more."""

import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from snippetlab.errors import EngineError
from snippetlab.images.bootstrap import locked
from snippetlab.images.image import Recipe, find_image
from snippetlab.labs.machine.qemu import find_processor
from snippetlab.labs.machine.snapshot import directory_of
from snippetlab.project import cache_directory

_PLACES = ("images", "machines")
_HALF_MADE = "build-*"


def unused(recipes: Sequence[Recipe]) -> dict[Path, int]:
    """Directories that could go → the bytes that they take on the disk.

    Among them is what a build left that was killed, since nothing is being built meanwhile.
    Raises LabUnavailableError where it cannot be told which saved state is in use.
    """
    cache, kept = cache_directory(), set[Path]()
    for recipe in recipes:
        if recipe.emulator and (emulator := find_image(recipe.emulator)):
            kept.add(emulator.root)
        if image := find_image(recipe):
            kept.add(image.root)
            if recipe.machine:
                kept.add(directory_of(recipe, image, find_processor(recipe, image)))
    found = [path for place in _PLACES for path in (cache / place).glob("*")]
    found += cache.glob(_HALF_MADE)
    names = {path.resolve() for path in kept}
    return {path: _size(path) for path in sorted(found) if path.resolve() not in names}


def remove_unused(recipes: Sequence[Recipe]) -> dict[Path, int]:
    """Remove them, and say what they took. Raises EngineError where one cannot be removed."""
    cache = cache_directory()
    with ExitStack() as stack:
        names = {r.name for recipe in recipes for r in (recipe, recipe.emulator) if r}
        for name in sorted(names):
            stack.enter_context(locked(cache / f"{name}.lock"))
        removed = unused(recipes)
        for path in removed:
            try:
                shutil.rmtree(path)
            except OSError as error:
                raise EngineError(f"{error.filename}: {error.strerror}") from None
        for note in (cache / "recipes").glob("*-*.json"):
            if not (cache / "images" / note.stem.partition("-")[2]).is_dir():
                note.unlink()
    return removed


def _size(directory: Path) -> int:
    return 512 * sum(path.lstat().st_blocks for path in directory.rglob("*"))
