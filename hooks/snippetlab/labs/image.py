"""The base image: a Debian root directory, and the recipe in lab/ that it is made from."""

import hashlib
import json
import platform
import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from snippetlab.errors import EngineError, LabUnavailableError
from snippetlab.project import Project, cache_directory

TOOLS = {"bwrap": "bubblewrap", "setpriv": "util-linux"}
"""What running snippets needs of its host: command → Debian package."""


@dataclass(frozen=True)
class Recipe:
    """What the image is made of; the key changes with anything in it."""

    suite: str
    components: tuple[str, ...]
    source_date_epoch: int
    packages: tuple[str, ...]
    stated: Mapping[str, tuple[str, ...]]
    """Package whose version pages state → the commands that bring it up."""
    exclude: tuple[str, ...]
    script: Path
    key: str


@dataclass(frozen=True)
class Image:
    """A built image, ready to run on."""

    name: str
    """Of its recipe: `base`."""
    root: Path
    digest: str
    """SHA-256 of the tree: the same packages make the same, whatever tools unpacked them."""
    packages: Mapping[str, str]
    """Package → version, for those that the recipe names and for Debian itself (base-files)."""


def read_recipe(project: Project) -> Recipe:
    """The recipe in lab/base.toml and lab/base.sh. Raises EngineError where it is unreadable."""
    toml, script = project.lab / "base.toml", project.lab / "base.sh"
    try:
        content, hook = toml.read_bytes(), script.read_bytes()
        values = tomllib.loads(content.decode())
        return Recipe(
            suite=values["suite"],
            components=tuple(values["components"]),
            source_date_epoch=values["source_date_epoch"],
            packages=tuple(values["packages"]),
            stated={name: tuple(commands) for name, commands in values["stated"].items()},
            exclude=tuple(values["exclude"]),
            script=script,
            key=hashlib.sha256(content + b"\0" + hook).hexdigest()[:16],
        )
    except (OSError, ValueError, KeyError) as error:
        raise EngineError(f"{toml}: the recipe is unreadable: {error}") from None


def find_image(recipe: Recipe) -> Image | None:
    """The image made from this recipe, if this user has one."""
    note = cache_directory() / "recipes" / f"{recipe.key}.json"
    try:
        values = json.loads(note.read_text())
    except OSError:
        return None
    root = (cache_directory() / "images" / values["digest"][:16]).resolve()
    return Image("base", root, values["digest"], values["packages"]) if root.is_dir() else None


def stored_image(prefix: str) -> Image:
    """The image in this user's cache whose digest begins so. Raises EngineError."""
    found = {}
    for note in (cache_directory() / "recipes").glob("*.json"):
        values = json.loads(note.read_text())
        root = (cache_directory() / "images" / values["digest"][:16]).resolve()
        if values["digest"].startswith(prefix) and root.is_dir():
            found[values["digest"]] = Image("base", root, values["digest"], values["packages"])
    if len(found) == 1:
        return found.popitem()[1]
    what = f"{len(found)} images begin with {prefix!r}" if found else f"no image {prefix!r} here"
    raise EngineError(f"{what}\n    `snippetlab lab status` names the one in use.")


def require_image(recipe: Recipe) -> Image:
    """The image; raises LabUnavailableError, with the cure, where there is none."""
    if platform.system() != "Linux":
        raise LabUnavailableError("the namespace lab needs Linux")
    if missing := missing_packages(TOOLS):
        raise LabUnavailableError(to_install(missing))
    if image := find_image(recipe):
        return image
    raise LabUnavailableError("the base image is missing: snippetlab lab build base")


def missing_packages(tools: Mapping[str, str]) -> list[str]:
    """The Debian packages of those tools that this machine lacks."""
    return sorted({package for tool, package in tools.items() if not shutil.which(tool)})


def to_install(packages: list[str]) -> str:
    """What to say about missing packages, with the command that installs them."""
    verb = "are" if len(packages) > 1 else "is"
    return (
        f"{' and '.join(packages)} {verb} not installed: sudo apt-get install {' '.join(packages)}"
    )
