"""The labs' images as one file, for another machine or user: images.py save|load FILE [IMAGE…]

A cache that keeps single files would lose their modes. The machines' saved states belong to one
processor and stay behind; `make machines` makes them anew.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from snippetlab.images.user import NOBODY
from snippetlab.project import Project, cache_directory
from snippetlab.registry import LABS, maker_of

_TAR = ("tar", "--zstd", "--numeric-owner")


def main() -> None:
    step, file, *names = sys.argv[1:]
    if step == "save":
        save(Path(file), names or [lab.image for lab in LABS.values()])
    else:
        load(Path(file))


def save(file: Path, names: list[str]) -> None:
    """Write the images made from this checkout's recipes to a file."""
    project, cache = Project.find(Path.cwd()), cache_directory()
    parts = [part for name in names for part in maker_of(name).parts(project, name)]
    parts = list(dict.fromkeys(parts))
    # Whose they are here does not matter. Disks are mostly holes.
    command = [*_TAR, "--create", "--sparse", "--owner=0", "--group=0"]
    subprocess.run([*command, f"--file={file}", f"--directory={cache}", *parts], check=True)


def load(file: Path) -> None:
    """Take images from such a file. They belong to whom they would if they had been built here."""
    os.umask(0o022)
    cache = cache_directory()
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="load-", dir=cache) as temporary:
        new = Path(temporary)
        command = [*_TAR, "--extract", "--preserve-permissions", "--no-same-owner"]
        subprocess.run([*command, f"--file={file}", f"--directory={new}"], check=True)
        if os.geteuid() == 0:
            # Root's snippets are run by nobody: see `bootstrap`.
            give = ["chown", "--recursive", "--no-dereference", f"{NOBODY}:{NOBODY}"]
            for base in _bases(new):
                subprocess.run([*give, base], check=True)
        for path in sorted(new.glob("*/*"), key=lambda path: path.parent.name == "recipes"):
            target = cache / path.relative_to(new)
            target.parent.mkdir(exist_ok=True)
            if path.is_file() or not target.exists():
                path.replace(target)


def _bases(directory: Path) -> Iterator[Path]:
    for note in directory.glob("recipes/*.json"):
        about = json.loads(note.read_text())
        if about["name"] == "base":
            yield directory / "images" / about["digest"][:16]


if __name__ == "__main__":
    main()
