"""lab/lock.toml: the images and kernels with which all recordings were last verified."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from snippetlab.checkout import read
from snippetlab.errors import Cure, EngineError, display
from snippetlab.files import write_source


@dataclass(frozen=True)
class LockedLab:
    """One lab as it was."""

    image: str
    """The name of its image: `base`."""
    digest: str
    """Of that image; see Image.digest."""
    packages: Mapping[str, str]
    """Package → version."""
    kernel: str
    """Its release."""

    def drift(self, now: "LockedLab") -> list[str]:
        """How the lab now differs, in words."""
        found = []
        if self.kernel != now.kernel:
            found.append(f"kernel {self.kernel} → {now.kernel}")
        if self.digest != now.digest:
            changed = changes(self.packages, now.packages)
            found += [f"{package} {change}" for package, change in changed]
            found.append(f"image {self.digest[:16]} → {now.digest[:16]}")
        return found


@dataclass(frozen=True)
class Lock:
    """What pages state about the labs, wherever the site is built."""

    labs: Mapping[str, LockedLab] = field(default_factory=dict)
    """By the lab's name."""

    def image(self, name: str) -> Mapping[str, str]:
        """Package → version of an image; none of one that is not locked."""
        return next((lab.packages for lab in self.labs.values() if lab.image == name), {})


def changes(then: Mapping[str, str], now: Mapping[str, str]) -> list[tuple[str, str]]:
    """The packages whose version is another, and how: `2.41.4 → 2.41.5`."""
    return [
        (name, f"{then.get(name, 'absent')} → {now.get(name, 'absent')}")
        for name in sorted({*then, *now})
        if then.get(name) != now.get(name)
    ]


def read_lock(path: Path) -> Lock:
    """The lock; empty where nothing has been verified yet. Raises EngineError."""
    try:
        values = tomllib.loads(read(path).decode())
        images = values["images"]
        return Lock({name: _read_lab(lab, images) for name, lab in values["labs"].items()})
    except FileNotFoundError:
        return Lock()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        name = display(path)
        restore = Cure("restore-lock", f"Restore it: git checkout {name}")
        write = Cure("write-lock", "Or write it anew: snippetlab verify --write")
        line = f":{found[1]}" if (found := re.search(r"\(at line (\d+),", str(error))) else ""
        what = f"no {error}" if isinstance(error, KeyError) else error
        message = f"{name}{line}: the lock is unreadable: {what}"
        raise EngineError(message, restore.also(write)) from None


def _read_lab(lab: Mapping[str, str], images: Mapping[str, Mapping[str, object]]) -> LockedLab:
    image = images[lab["image"]]
    digest, packages = image["digest"], image["packages"]
    if not isinstance(digest, str) or not isinstance(packages, dict):
        raise TypeError("an image needs a digest and a table of packages")
    return LockedLab(lab["image"], digest, packages, lab["kernel"])


def write_lock(path: Path, lock: Lock) -> None:
    """Replace the lock. Raises OSError."""
    lines = ["# Written by `snippetlab verify --write`: with what all recordings were verified."]
    images = {lab.image: lab for lab in lock.labs.values()}
    for name in sorted(images):
        lines += ["", f"[images.{name}]", f"digest = {json.dumps(images[name].digest)}"]
        lines += ["", f"[images.{name}.packages]"]
        lines += [
            f"{json.dumps(p)} = {json.dumps(v)}" for p, v in sorted(images[name].packages.items())
        ]
    for name in sorted(lock.labs):
        lab = lock.labs[name]
        lines += ["", f"[labs.{name}]", f'image = "{lab.image}"']
        lines += [f"kernel = {json.dumps(lab.kernel)}"]
    write_source(path, "\n".join(lines) + "\n")
