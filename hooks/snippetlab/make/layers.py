"""Images that are layers of Debian, with the saved state of a machine: see registry.Maker."""

from collections.abc import Callable

from snippetlab.errors import Cure, EngineError
from snippetlab.images.image import Image, Recipe, find_image, read_recipe, require_image
from snippetlab.project import Project


def build(
    project: Project, name: str, say: Callable[[str], None], *, fresh: bool, kernel: str
) -> None:
    """See `Maker`."""
    if kernel:
        cure = Cure("kernel-of-browser", f"Leave it out: snippetlab lab build {name}")
        raise EngineError("--kernel is for the browser image", cure)
    # What asks for a key only need not import what makes images.
    from snippetlab.images.bootstrap import build_emulator, build_image
    from snippetlab.make.saving import build_snapshot

    recipe = read_recipe(project, name)
    image = build_image(recipe, say, fresh=fresh)
    if recipe.machine:
        build_emulator(recipe, say)
        build_snapshot(recipe, image, say, fresh=fresh)


def key(project: Project, name: str) -> str:
    """See `Maker`."""
    return read_recipe(project, name).key


def parts(project: Project, name: str) -> list[str]:
    """Without saved states, which belong to one processor."""
    recipe = read_recipe(project, name)
    found = _parts(recipe, require_image(recipe))
    # Where it could not be made, the host's own QEMU runs them.
    if recipe.emulator and (emulator := find_image(recipe.emulator)):
        found += _parts(recipe.emulator, emulator)
    return found


def _parts(recipe: Recipe, image: Image) -> list[str]:
    return [f"recipes/{recipe.key}.json", f"images/{image.root.name}"]
