"""The labs that there are, and the only place that lists them.

A lab is a module that opens it, the recipe of its image, and its line here. What opens a lab and
what makes an image is named, not imported: pages are built without either.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from snippetlab.images.image import Image
    from snippetlab.labs import Opened
    from snippetlab.project import Project

DEFAULT = "namespace"
"""The lab of a snippet that needs no other; fast enough to run while pages render."""
BROWSER = "browser"
"""The lab in the reader's tab; a tag of this name says that a snippet holds there as well."""
_LAYERS = "snippetlab.make.layers"
VERSION = r"\d[a-z0-9]*(?:-[a-z0-9]+)*"
"""What the name of a version looks like; a digit tells it from that of an experiment."""


@dataclass(frozen=True)
class Registration:
    """What is known of a lab before it is opened. What pages call it is in the words."""

    image: str
    """What it runs on; the recipe is lab/IMAGE.toml."""
    opener: str
    """`module:function`: see `open_lab`."""
    timeout: float
    """Seconds that a run may take."""
    longest: float
    """The most that the tag `timeout` may ask for."""
    patience: float = 1
    """How many times its timeout a run is given, where all runs are that much slower."""
    needs: tuple[str, ...] = ()
    """Images besides its own."""
    room: int = 0
    """Bytes that must be free while its image and a saved state are made."""
    maker: str = _LAYERS
    """The module that makes its image: see `Maker`."""
    version: str = ""
    """What the tag `versions` and pages call it, where it is one of several."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Version → the lab that is it, this one first; none for one that is but a version."""


LABS = {
    "namespace": Registration("base", "snippetlab.labs.namespace.lab:open_lab", 10, 60),
    "machine": Registration(
        "machine", "snippetlab.labs.machine.lab:open_lab", 60, 300, needs=("qemu",), room=3 << 30
    ),
    "docker-26": Registration(
        "docker-26",
        "snippetlab.labs.machine.lab:open_lab",
        60,
        300,
        needs=("qemu",),
        room=6 << 30,
        version="26",
    ),
    "docker": Registration(
        "docker",
        "snippetlab.labs.machine.lab:open_lab",
        60,
        300,
        needs=("qemu",),
        room=6 << 30,
        version="28",
        versions={"28": "docker", "26": "docker-26"},
    ),
    BROWSER: Registration(
        "browser",
        "snippetlab.labs.browser.lab:open_lab",
        10,
        60,
        patience=10,  # v86 is that much slower, and more
        maker="snippetlab.images.browser.build",
    ),
}
"""By name, as they are listed; an image that extends another comes after it."""


class Maker(Protocol):
    """A module that makes images."""

    def build(
        self, project: "Project", name: str, say: Callable[[str], None], *, fresh: bool, kernel: str
    ) -> None:
        """Make the image and what goes with it, or find that it is there already.

        A `fresh` one is made anew, with the packages of today. `kernel` is "" for the usual one.
        Raises LabUnavailableError or EngineError.
        """

    def key(self, project: "Project", name: str) -> str:
        """Changes with the image's recipe and those that it extends. Raises EngineError."""

    def parts(self, project: "Project", name: str) -> list[str]:
        """Its files and directories below the cache. Raises as `build` does."""


def open_lab(project: "Project", name: str, niceness: int, image: "Image | None") -> "Opened":
    """The lab of that name, on `image` instead of its own if there is one.

    With `niceness` its runs give way to others. Raises LabUnavailableError, with the cure, where
    something is missing.
    """
    opener = resolve_name(LABS[name].opener)
    return cast("Opened", opener(project, name, niceness, image))


def makers() -> dict[str, str]:
    """Image → the module that makes it."""
    own = {lab.image: lab.maker for lab in LABS.values()}
    return own | {name: lab.maker for lab in LABS.values() for name in lab.needs}


def maker_of(image: str) -> Maker:
    """What makes it."""
    return cast("Maker", resolve_name(makers()[image]))


def layers() -> list[str]:
    """The images of labs that are layers of Debian; one that extends another comes after it."""
    return list(dict.fromkeys(lab.image for lab in LABS.values() if lab.maker == _LAYERS))


def lab_on(image: str) -> str:
    """The lab that runs on it; empty where none does."""
    return next((name for name, lab in LABS.items() if lab.image == image), "")


def room_for(image: str) -> int:
    """Bytes that must be free while it is made."""
    return max((lab.room for lab in LABS.values() if lab.image == image), default=0)
