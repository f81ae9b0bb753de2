"""The browser image in this user's cache: the saved machine, and what runs it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from snippetlab.errors import Cure, LabUnavailableError
from snippetlab.images.browser.recipe import (
    KERNELS,
    RECIPE,
    BrowserRecipe,
    read_browser_recipe,
    require_recipe,
)
from snippetlab.images.image import Image
from snippetlab.images.recipe_files import has_recipe
from snippetlab.images.refusal import check_system
from snippetlab.images.tools import missing_packages, not_installed
from snippetlab.project import Project, cache_directory
from snippetlab.snippet.command import flatten
from snippetlab.snippet.program import Program

STATE = "state.bin.zst"
MANIFEST = "manifest.json"
COPYRIGHTS = "copyrights"
"""The directory with what each package says of its authors and licences."""
PLACE = "assets/machine/"
"""Where the machine's files lie in a site, below its root."""


@dataclass(frozen=True)
class BrowserImage:
    """A built image."""

    root: Path
    manifest: Mapping[str, Any]
    """What it contains; see build.py."""

    def size(self, name: str) -> int:
        """Bytes of one of its files."""
        return (self.root / name).stat().st_size

    @property
    def release(self) -> str:
        """Of its kernel."""
        return str(self.manifest["kernel"]["release"])

    @property
    def memory(self) -> int:
        """MiB."""
        return int(self.manifest["memory"])

    def packs_for(self, programs: Sequence[Program]) -> list[str]:
        """The packs one of whose commands stands in the programs' text."""
        texts = [command.text for program in programs for command in flatten(program.commands)]
        texts += [
            content.decode("utf-8", "replace") for p in programs for content in p.files.values()
        ]
        text = "\n".join(texts)
        packs: Mapping[str, Sequence[str]] = self.manifest["packs"]
        return [name for name, commands in packs.items() if any(_stands(c, text) for c in commands)]

    @property
    def image(self) -> Image:
        """The same, as all labs have it."""
        packages = {about["name"]: about["version"] for about in self.manifest["packages"]}
        return Image("browser", self.root, self.manifest["digest"], packages)


def _stands(command: str, text: str) -> bool:
    return bool(re.search(rf"(?<![\w./-]){re.escape(command)}(?![\w.-])", text))


def directory_of(recipe: BrowserRecipe) -> Path:
    """Where the image of a recipe lies, once it has been built."""
    return cache_directory() / "browser" / recipe.key


def find_browser_image(project: Project) -> BrowserImage | None:
    """The image, with the better kernel if there are two; none in a site that has no recipe."""
    for kernel in KERNELS if has_recipe(project, RECIPE) else ():
        root = directory_of(read_browser_recipe(project, kernel))
        if (root / MANIFEST).is_file():
            return BrowserImage(root, json.loads((root / MANIFEST).read_text()))
    return None


def require_browser_image(project: Project) -> BrowserImage:
    """The image; raises LabUnavailableError, with the cure, where there is none or no node."""
    require_recipe(project)
    if missing := missing_packages({"node": "nodejs"}):
        raise not_installed(missing)
    if image := find_browser_image(project):
        return image
    cure = Cure("build-browser", "Make it: snippetlab lab build browser")
    raise LabUnavailableError("the browser image is missing", cure)


def missing_tools(recipe: BrowserRecipe) -> list[str]:
    """The packages that building needs and this host lacks.

    Raises LabUnavailableError off Linux.
    """
    check_system()
    return missing_packages({**recipe.tools, **recipe.kernel.tools})
