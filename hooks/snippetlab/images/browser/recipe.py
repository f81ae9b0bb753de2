"""The recipe of the browser image: lab/browser.toml and the files in lab/browser/."""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from snippetlab.checkout import read
from snippetlab.errors import Cure, LabUnavailableError
from snippetlab.images.recipe_files import UNREADABLE, has_recipe, unreadable
from snippetlab.project import Project

RECIPE = "browser"
"""Its name; it does not come with the engine, since a site must know how to show the machine."""
KERNELS = ("small", "debian")
"""The better one first."""
DEFAULT_KERNEL = "small"
"""What is built unless another is asked for. The other needs no compiler and minutes less, but
readers wait for twice the bytes, and its idle machine keeps their processor busy."""


@dataclass(frozen=True)
class NpmPackage:
    """A package of npm, pinned by what its tarball hashes to."""

    name: str
    version: str
    integrity: str
    """As npm writes it: `sha512-` and base64 (https://w3c.github.io/webappsec-subresource-integrity/)."""
    license: str
    files: tuple[str, ...]
    """What is taken of it; goes to the site under these base names."""


@dataclass(frozen=True)
class Firmware:
    """What v86 starts with, from one Debian package; needed only to boot."""

    package: str
    bios: str
    vga: str


@dataclass(frozen=True)
class Kernel:
    """One of the two kernels."""

    name: str
    suite: str
    package: str
    image: str
    """Within the package: the kernel, or the archive with its source."""
    modules: tuple[str, ...]
    parameters: str
    """What it is told when it boots, besides what both are."""
    tools: Mapping[str, str]
    """Command → Debian package, for what building it needs."""
    configuration: Path
    key: str
    """Of the kernel alone, so that it is not built anew for a change of the programs."""


@dataclass(frozen=True)
class Pack:
    """Programs that are loaded on top of a restored machine, for the snippets that use them."""

    commands: tuple[str, ...]
    """A snippet in whose text one of these stands needs the pack."""
    files: Mapping[str, tuple[str, ...]]
    """As in the recipe."""


@dataclass(frozen=True)
class BrowserRecipe:
    """What the image is made of; the key changes with anything in it."""

    suite: str
    memory: int
    """MiB."""
    window: tuple[int, int]
    """Where in that memory packs are put, and how much there is: MiB, MiB."""
    tools: Mapping[str, str]
    """Command → Debian package, for what building and running it needs."""
    npm: tuple[NpmPackage, ...]
    files: Mapping[str, tuple[str, ...]]
    """Debian package → patterns of the paths that are taken of it."""
    once: Mapping[str, tuple[str, ...]]
    """As `files`, besides the pack `compiler`: for making the agent when the image boots."""
    packs: Mapping[str, Pack]
    firmware: Firmware
    kernel: Kernel
    directory: Path
    key: str


def require_recipe(project: Project) -> None:
    """Raises LabUnavailableError in a site that has no such recipe."""
    if not has_recipe(project, RECIPE):
        cure = Cure(
            "no-tab", 'Run it in another lab: # lab = "namespace", without the tag `browser`.'
        )
        raise LabUnavailableError("this site has no machine for the reader's tab", cure)


def read_browser_recipe(project: Project, kernel: str = DEFAULT_KERNEL) -> BrowserRecipe:
    """The recipe with one of the kernels. Raises EngineError where it is missing or unreadable."""
    require_recipe(project)
    toml, directory = project.lab / "browser.toml", project.lab / "browser"
    try:
        content = read(toml)
        values = tomllib.loads(content.decode())
        configuration = directory / "kernel.config"
        kernel_values = dict(values["kernel"][kernel])
        about_kernel = repr(sorted(kernel_values.items())).encode() + read(configuration)
        others = sorted(path for path in directory.iterdir() if path.suffix != ".c")
        parts = [read(path) for path in (*others, *agent_of(directory))]
        return BrowserRecipe(
            suite=values["suite"],
            memory=values["memory"],
            window=(values["window"]["start"], values["window"]["size"]),
            tools=values["tools"],
            npm=tuple(
                NpmPackage(name=name, **{**about, "files": tuple(about["files"])})
                for name, about in values["npm"].items()
            ),
            files=_patterns(values["files"]),
            once=_patterns(values["once"]),
            packs={
                name: Pack(tuple(pack["commands"]), _patterns(pack["files"]))
                for name, pack in values["packs"].items()
            },
            firmware=Firmware(**values["firmware"]),
            kernel=Kernel(
                name=kernel,
                suite=kernel_values["suite"],
                package=kernel_values["package"],
                image=kernel_values["image"],
                modules=tuple(kernel_values.get("modules", ())),
                parameters=kernel_values.get("parameters", ""),
                tools=kernel_values.get("tools", {}),
                configuration=configuration,
                key=_digest(about_kernel),
            ),
            directory=directory,
            key=_digest(b"\0".join([kernel.encode(), content, *parts])),
        )
    except UNREADABLE as error:
        raise unreadable(toml, error) from None


def agent_of(directory: Path) -> Sequence[Path]:
    """The agent's source; how it follows shells is what the namespace lab's stage has, too."""
    labs = Path(__file__).parents[2] / "labs"
    return [*sorted(directory.glob("*.c")), *sorted(labs.glob("*.c"))]


def _patterns(table: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return {package: tuple(patterns) for package, patterns in table.items()}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
