"""Making an image from its recipe: what is common to all of them, and the base image."""

import fcntl
import hashlib
import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from snippetlab.errors import EngineError, LabUnavailableError
from snippetlab.files import write_atomically
from snippetlab.images import host
from snippetlab.images.debian import make_archive, tail, versions
from snippetlab.images.disk import make_disk, system_of
from snippetlab.images.emulator import find_emulator
from snippetlab.images.image import Image, Recipe, find_image
from snippetlab.images.refusal import check_processor, check_system
from snippetlab.images.tools import install, missing_packages
from snippetlab.images.user import NOBODY, unprivileged
from snippetlab.project import make_cache


def build_image(recipe: Recipe, say: Callable[[str], None], *, fresh: bool = False) -> Image:
    """Make the image, or find that another process just made it.

    A `fresh` one is made even so, with the packages of today; the old one stays in the cache.
    Installs what it needs where it may. Raises LabUnavailableError or EngineError.
    """
    _install_tools(recipe, say)
    cache = make_cache()
    with locked(cache / f"{recipe.name}.lock"):
        if (image := find_image(recipe)) and not fresh:
            return image
        make = make_disk if recipe.machine else _make_root
        with tempfile.TemporaryDirectory(dir=cache, prefix="build-") as temporary:
            workshop = Path(temporary)
            workshop.chmod(0o755)
            made = make(recipe, workshop, say, fresh=fresh)
            final = cache / "images" / made.digest[:16]
            final.parent.mkdir(exist_ok=True)
            if fresh and final.is_dir() and not _is_whole(recipe, final, made.digest):
                final.rename(workshop / "damaged")
            if not final.is_dir():
                made.root.rename(final)
        note = {"name": recipe.name, "digest": made.digest, "packages": dict(made.packages)}
        text = json.dumps(note, indent=2).encode()
        for name in (f"{recipe.key}.json", f"{recipe.key}-{made.digest[:16]}.json"):
            write_atomically(cache / "recipes" / name, text)
    say(f"{recipe.name} image: sha256:{made.digest[:16]}… is ready in {final}")
    return replace(made, root=final)


def build_emulator(recipe: Recipe, say: Callable[[str], None], *, fresh: bool = False) -> None:
    """Make the QEMU for a machine, or find that this was done; where that fails, this host's does.

    Raises what failed if the host has none that would do.
    """
    assert recipe.emulator
    try:
        build_image(recipe.emulator, say, fresh=fresh)
    except EngineError as error:
        try:
            found = find_emulator(recipe)
        except LabUnavailableError:
            raise error from None
        say(f"The labs' QEMU could not be made; {found.version} is used. {error}")


def _make_root(recipe: Recipe, workshop: Path, say: Callable[[str], None], *, fresh: bool) -> Image:
    """An image that is a directory, in the workshop."""
    del fresh  # nothing is kept from an earlier attempt
    archive = workshop / f"{recipe.name}.tar"
    say(f"{recipe.name} image: Debian {recipe.suite} with {len(recipe.packages)} packages …")
    make_archive(system_of(recipe, workshop), archive, say)
    say(f"{recipe.name} image: unpacking …")
    root = _unpack(archive, workshop, recipe)
    noted = root / "var/lib/dpkg/status"
    status = noted.read_text(encoding="utf-8") if noted.exists() else ""
    packages = versions(status, {*recipe.packages, *recipe.stated.packages, "base-files"})
    return Image(recipe.name, root, digest_tree(root), packages)


def _install_tools(recipe: Recipe, say: Callable[[str], None]) -> None:
    check_system()
    if recipe.machine:
        check_processor(recipe.name)
    tools = host.BUILD | (host.MACHINE if recipe.machine else {})
    missing = missing_packages(tools if os.geteuid() == 0 else tools | host.UNPRIVILEGED)
    missing += [] if host.KEYRING.exists() else ["debian-archive-keyring"]
    install(missing, say)


def _unpack(archive: Path, workshop: Path, recipe: Recipe) -> Path:
    """The archive as a directory; that of a lab belongs to the user who runs snippets.

    Inside the lab that user is root, so the whole system looks as if it belonged to root. An
    emulator belongs to whom it was made by: who breaks out into it is not to change it.
    """
    root = workshop / "root"
    root.mkdir()
    command = ["tar", "--extract", "--no-same-owner", "--exclude=./dev/*"]
    command += ["--file", str(archive), "--directory", str(root)]
    if recipe.architecture:
        command += ["./usr"]
    elif os.geteuid() == 0:
        os.chown(root, NOBODY, NOBODY)
        command = unprivileged(command)
    # Unprivileged, tar drops setuid bits and applies the umask; both are wanted.
    done = subprocess.run(command, capture_output=True, text=True, umask=0o022)
    if done.returncode:
        raise EngineError(f"unpacking the {recipe.name} image failed:\n{tail(done.stderr)}")
    return root


def _is_whole(recipe: Recipe, root: Path, digest: str) -> bool:
    """Whether an image that is there is what its digest says; of a disk nobody can tell."""
    return not recipe.machine and digest_tree(root) == digest


def digest_tree(root: Path) -> str:
    """SHA-256 over the name, mode, time stamp and content of everything below `root`."""
    total = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        facts = path.lstat()
        total.update(f"{path.relative_to(root)}\0{facts.st_mode}\0{facts.st_mtime_ns}\0".encode())
        if path.is_symlink():
            total.update(str(path.readlink()).encode())
        elif path.is_file():
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Nobody else makes or removes images of that name meanwhile."""
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield
