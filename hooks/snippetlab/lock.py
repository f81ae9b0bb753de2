"""lab/lock.toml: the image and kernel with which all recordings were last verified."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from snippetlab.errors import EngineError
from snippetlab.files import write_atomically


@dataclass(frozen=True)
class Lock:
    """What pages state about the lab, wherever the site is built."""

    digest: str
    """Of the base image; see Image.digest."""
    packages: Mapping[str, str]
    """Package → version."""
    kernels: Mapping[str, str]
    """Lab → kernel release."""


def read_lock(path: Path) -> Lock | None:
    """The lock, or None where nothing has been verified yet. Raises EngineError."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        kernels = {name: lab["kernel"] for name, lab in values["labs"].items()}
        return Lock(values["base"]["digest"], values["base"]["packages"], kernels)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError) as error:
        cure = f"Restore it: git checkout {path.name}, or write it anew: snippetlab verify --write"
        raise EngineError(f"{path}: the lock is unreadable: {error}\n    {cure}") from None


def write_lock(path: Path, lock: Lock) -> None:
    """Replace the lock."""
    lines = ["# Written by `snippetlab verify --write`: with what all recordings were verified."]
    lines += ["[base]", f"digest = {json.dumps(lock.digest)}", "", "[base.packages]"]
    lines += [f"{name} = {json.dumps(lock.packages[name])}" for name in sorted(lock.packages)]
    for name in sorted(lock.kernels):
        lines += ["", f"[labs.{name}]", f"kernel = {json.dumps(lock.kernels[name])}"]
    write_atomically(path, ("\n".join(lines) + "\n").encode())
