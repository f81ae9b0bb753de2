"""The images that labs run on, and the recipes that they are made from.

Recipes are layers: `docker` extends `machine`, which extends `base`. The base image is a root
directory; the others are the disk of a virtual machine. They come with the engine; a site that
has one of that name in its lab/ uses its own, which may extend the one that comes with the engine.
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from snippetlab.errors import Cure, EngineError, LabUnavailableError, SourceError, display
from snippetlab.images.host import RUN
from snippetlab.images.recipe_files import (
    DEFAULT,
    UNREADABLE,
    adds_to_default,
    content,
    layer_names,
    line_of,
    recipe_directory,
    unreadable,
)
from snippetlab.images.refusal import check_processor, check_system
from snippetlab.images.suites import Pins, joined, names, read_pins
from snippetlab.images.tools import missing_packages, not_installed
from snippetlab.project import Project, cache_directory
from snippetlab.stated import Stated, read_stated

DISK, KERNEL, RAM_DISK, RELEASE = "disk.raw", "vmlinuz", "initrd", "release"
"""What stands in the directory of a machine's image."""


@dataclass(frozen=True)
class Recipe:
    """What an image is made of, with all that it extends; the key changes with anything in it."""

    name: str
    suite: str
    components: tuple[str, ...]
    source_date_epoch: int
    packages: tuple[str, ...]
    stated: Stated
    """What pages say of it. Of that, only which packages is a part of the key."""
    pins: Pins
    """Those of the packages that come from another suite; see suites.py."""
    exclude: tuple[str, ...]
    include: tuple[str, ...]
    scripts: tuple[str, ...]
    """The texts of the customize hooks, in the order in which they run."""
    files: tuple[Path, ...]
    """Directories whose content is copied to the root."""
    architecture: str
    """If its packages are only to be unpacked, for a machine of which kind."""
    machine: Mapping[str, Any]
    """How it is started: memory, processors, cmdline, boot_timeout. Not part of the key."""
    emulator: "Recipe | None"
    """Of the QEMU that it is started with. Not part of the key either."""
    containers: Mapping[str, Mapping[str, Any]]
    """Container images that it brings along; see containers.py."""
    key: str


@dataclass(frozen=True)
class Image:
    """A built image, ready to run on."""

    name: str
    """Of its recipe: `base`."""
    root: Path
    """The root directory; of a machine the directory with its disk, kernel and RAM disk."""
    digest: str
    """SHA-256 of the tree: the same packages make the same, whatever tools unpacked them."""
    packages: Mapping[str, str]
    """Package → version, for those that the recipe names and for Debian itself (base-files)."""


def read_recipe(project: Project, name: str = "base") -> Recipe:
    """The recipe in NAME.toml, NAME.sh and NAME/, with those that it extends.

    Raises EngineError where it is unreadable.
    """
    return _read(project, recipe_directory(project, name), name, ())


def _read(project: Project, place: Path, name: str, above: tuple[str, ...]) -> Recipe:
    """The recipe that lies there, which the last of those above names."""
    toml, script, directory = (place / f"{name}{end}" for end in (".toml", ".sh", ""))
    try:
        text = content(toml)
        hook = content(script) if script.exists() else b""
        values = tomllib.loads(text.decode())
        pins = read_pins(values.get("from", {}))
        if "extends" not in values:
            return Recipe(
                name=name,
                suite=values["suite"],
                components=tuple(values["components"]),
                source_date_epoch=values["source_date_epoch"],
                packages=_together(values["packages"], names(pins)),
                stated=read_stated({"stated": values["stated"], **values}),
                pins=pins,
                exclude=tuple(values["exclude"]),
                include=tuple(values.get("include", ())),
                scripts=(hook.decode(),) if hook else (),
                files=(),
                architecture=values.get("architecture", ""),
                machine={},
                emulator=None,
                containers={},
                key=hashlib.sha256(text + b"\0" + hook).hexdigest()[:16],
            )
        below = _named(project, place, "extends", values["extends"], (*above, name))
        machine = values.pop("machine", below.machine)
        emulator = below.emulator
        if by := values.pop("emulator", ""):
            emulator = _named(project, place, "emulator", by, (*above, name))
        return replace(
            below,
            name=name,
            packages=_together(below.packages, values.get("packages", ()), names(pins)),
            stated=read_stated(values).over(below.stated),
            pins=joined(below.pins, pins),
            exclude=(*below.exclude, *values.get("exclude", ())),
            include=(*below.include, *values.get("include", ())),
            # The one below cleans up, so it comes last.
            scripts=((hook.decode(), *below.scripts) if hook else below.scripts),
            files=(*below.files, *((directory,) if directory.is_dir() else ())),
            machine=machine,
            emulator=emulator,
            containers={**below.containers, **values.get("images", {})},
            key=_key(below.key, values, hook, directory),
        )
    except UNREADABLE as error:
        raise unreadable(toml, error) from None


def _named(project: Project, place: Path, key: str, name: object, above: tuple[str, ...]) -> Recipe:
    """The recipe that the last of those above, which lies there, has by that key.

    Raises SourceError.
    """
    toml = place / f"{above[-1]}.toml"
    layers = layer_names(project)
    adds = adds_to_default(place, above[-1])
    if name not in layers:
        others = [one for one in layers if one not in above or (adds and one == above[-1])]
        near = get_close_matches(str(name), others, n=1) or others
        cure = Cure("recipe-name", f"Write one that is: {key} = {' or '.join(map(_quoted, near))}")
        raise SourceError(toml, line_of(toml, key), f"`{key}`: there is no recipe {name!r}", cure)
    if adds and name == above[-1]:
        return _read(project, DEFAULT, str(name), above[:-1])
    if name in above:
        loop = above[above.index(name) :]
        own = [layer for layer in loop if recipe_directory(project, layer) == project.lab]
        files = [project.lab / f"{layer}.toml" for layer in own]
        cure = Cure("recipe-loop", f"Restore them: git checkout {' '.join(map(display, files))}")
        message = f"it is made of itself: {' → '.join((*loop, str(name)))}"
        raise SourceError(files[0], line_of(files[0], "extends"), message, cure)
    return _read(project, recipe_directory(project, str(name)), str(name), above)


def _together(*packages: Sequence[str]) -> tuple[str, ...]:
    """Each once."""
    return tuple(dict.fromkeys(name for some in packages for name in some))


def _quoted(name: str) -> str:
    return f'"{name}"'


def _key(below: str, values: Mapping[str, Any], hook: bytes, directory: Path) -> str:
    made = {name: of for name, of in values.items() if name not in ("facts", "names")}
    made["stated"] = sorted(values.get("stated", ()))
    total = hashlib.sha256(f"{below}\0{json.dumps(made, sort_keys=True)}\0".encode() + hook)
    for path in sorted(p for p in directory.rglob("*") if p.is_file()):
        executable = bool(path.stat().st_mode & 0o100)
        total.update(f"\0{path.relative_to(directory)}\0{executable}\0".encode())
        total.update(content(path))
    return total.hexdigest()[:16]


def find_image(recipe: Recipe) -> Image | None:
    """The image made from this recipe, if this user has one."""
    note = cache_directory() / "recipes" / f"{recipe.key}.json"
    try:
        values = json.loads(note.read_text())
        name = values["digest"][:16]
    except (OSError, ValueError, KeyError):
        return None
    root = (cache_directory() / "images" / name).resolve()
    if not root.is_dir():
        return None
    return Image(recipe.name, root, values["digest"], values["packages"])


def stored_image(prefix: str) -> Image:
    """The image in this user's cache whose digest begins so. Raises EngineError."""
    found = {}
    for note in (cache_directory() / "recipes").glob("*.json"):
        values = json.loads(note.read_text())
        root = (cache_directory() / "images" / values["digest"][:16]).resolve()
        if values["digest"].startswith(prefix) and root.is_dir():
            name = values.get("name", "base")
            found[values["digest"]] = Image(name, root, values["digest"], values["packages"])
    if len(found) == 1:
        return found.popitem()[1]
    what = f"{len(found)} images begin with {prefix!r}" if found else f"no image {prefix!r} here"
    cure = Cure("image-digest", "`snippetlab lab status` names the one in use.")
    raise EngineError(what, cure)


def require_image(recipe: Recipe) -> Image:
    """The image; raises LabUnavailableError, with the cure, where there is none."""
    check_system()
    if not recipe.machine and (missing := missing_packages(RUN)):
        raise not_installed(missing)
    if image := find_image(recipe):
        return image
    if recipe.machine:
        check_processor(recipe.name)
    cure = Cure("build-image", f"Make it: snippetlab lab build {recipe.name}")
    raise LabUnavailableError(f"the {recipe.name} image is missing", cure)
