"""The QEMU that machines run on: the lab's own (qemu.toml), else this host's."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from snippetlab.errors import Cure, LabUnavailableError
from snippetlab.images.image import Recipe, find_image

_SYSTEM, _IMG = "qemu-system-x86_64", "qemu-img"
_LIBRARIES = "usr/lib/x86_64-linux-gnu"
_OLDEST = 9
"""Earlier ones map a file as memory only if they may write to it."""


@dataclass(frozen=True)
class Emulator:
    """Commands, to be followed by their arguments."""

    version: str
    """What it says of itself; a saved state is for this one only."""
    system: tuple[str, ...]
    img: tuple[str, ...]
    own: bool = True
    """The lab's, not the host's."""


def find_emulator(recipe: Recipe) -> Emulator:
    """That of a machine's recipe, else this host's.

    Raises LabUnavailableError, with the cure, where there is none that would do.
    """
    assert recipe.emulator
    if (image := find_image(recipe.emulator)) and (found := _own(image.root)):
        return found
    found = _asked((_SYSTEM,), (_IMG,), own=False)
    version = re.search(r"version (\d+)", found.version) if found else None
    if found and version and int(version[1]) >= _OLDEST:
        return found
    cure = Cure("build-emulator", f"Make it: snippetlab lab build {recipe.emulator.name}")
    what = f"this host's is older than {_OLDEST}" if found else "this host has none"
    raise LabUnavailableError(f"the labs' QEMU is missing, and {what}", cure)


def _own(root: Path) -> Emulator | None:
    """Run by its own loader, with its own libraries and firmware."""
    libraries = root / _LIBRARIES
    loader = (str(libraries / "ld-linux-x86-64.so.2"), "--library-path", str(libraries))
    firmware = [("-L", str(root / f"usr/share/{name}")) for name in ("qemu", "seabios")]
    system = (*loader, str(root / "usr/bin" / _SYSTEM), *firmware[0], *firmware[1])
    return _asked(system, (*loader, str(root / "usr/bin" / _IMG)), own=True)


def _asked(system: tuple[str, ...], img: tuple[str, ...], *, own: bool) -> Emulator | None:
    """What it says of itself; None if it does not run."""
    try:
        done = subprocess.run([*system, "--version"], capture_output=True, text=True)
    except OSError:
        return None
    return Emulator(done.stdout.splitlines()[0], system, img, own) if done.stdout else None
