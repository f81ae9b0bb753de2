"""The disk of a virtual machine: Debian archives in an ext4 file system, and its kernel."""

import hashlib
import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path

from snippetlab.errors import Cure, EngineError
from snippetlab.images.containers import pack_containers
from snippetlab.images.debian import System, make_archive, tail, versions
from snippetlab.images.image import DISK, KERNEL, RAM_DISK, RELEASE, Image, Recipe
from snippetlab.project import cache_directory
from snippetlab.registry import room_for

_SIZE = 6 << 30  # sparse: what is not written takes nothing
_UUID = "6c616273-6e69-4070-a574-6c6162646973"
_UNPACK = (
    'mkdir tree; for archive in "$@"; do tar --extract --numeric-owner --preserve-permissions'
    " --exclude='./dev/*' --directory tree --file \"$archive\"; done;"
    f" mke2fs -q -t ext4 -d tree -m 0 -L lab -U {_UUID}"
    f" -E hash_seed={_UUID},lazy_itable_init=1 {DISK}; rm -rf tree; chmod 0644 {DISK}"
)


def make_disk(recipe: Recipe, workshop: Path, say: Callable[[str], None], *, fresh: bool) -> Image:
    """The image in the workshop. Archives are kept for the next attempt, containers' longer.

    Raises EngineError, for a full disk as well.
    """
    check_space(recipe)
    layers = cache_directory() / "layers"
    layers.mkdir(exist_ok=True)

    used = []

    def archive(system: System, key: str) -> Path:
        kept = layers / f"{key}.tar"
        used.append(kept)
        if not kept.exists() or fresh:
            unfinished = workshop / "unfinished.tar"
            say(f"{system.name}: Debian {system.suite} with {len(system.packages)} packages …")
            make_archive(system, unfinished, say)
            unfinished.rename(kept)
        return kept

    system = system_of(recipe, workshop)
    archives = [archive(system, f"{recipe.name}-system-{recipe.key}")]
    if recipe.containers:
        archives.append(pack_containers(recipe, workshop, archive, say))
    directory = workshop / "image"
    directory.mkdir()
    directory.chmod(0o777)
    say(f"{recipe.name} image: writing the disk …")
    _write_disk(archives, directory, recipe.source_date_epoch)
    directory.chmod(0o755)
    packages = _take_out(archives[0], directory, recipe)
    digest = hashlib.sha256("\0".join(map(digest_archive, archives)).encode()).hexdigest()
    say(f"{recipe.name} image: {_size(directory / DISK)}")
    remove_stale(used, f"{recipe.name}-system-")
    return Image(recipe.name, directory, digest, packages)


def remove_stale(used: Sequence[Path], system: str) -> None:
    """Remove this image's system, and containers of other values than those that were used.

    The rest are of other images, which share the containers.
    """
    for path in used:
        name = path.name[: -len("0123456789abcdef.tar")]
        for kept in path.parent.glob(f"{name}{'[0-9a-f]' * 16}.tar"):
            if kept not in used or name == system:
                kept.unlink()


def system_of(recipe: Recipe, workshop: Path) -> System:
    """The recipe's own Debian system; its files are in an archive in the workshop."""
    below = _files_archive(recipe, workshop)
    hooks = [f"tar-in {below} /"] if below else []
    return System(
        name=f"{recipe.name} image",
        suite=recipe.suite,
        components=recipe.components,
        packages=recipe.packages,
        exclude=recipe.exclude,
        include=recipe.include,
        source_date_epoch=recipe.source_date_epoch,
        # The text, not the path: in a closed home its user namespace could not reach the file.
        hooks=(*hooks, *recipe.scripts),
        pins=recipe.pins,
        architecture=recipe.architecture,
    )


def check_space(recipe: Recipe) -> None:
    """Raises EngineError where the cache has too little space for an image and its state."""
    cache, needed = cache_directory(), room_for(recipe.name)
    if (free := shutil.disk_usage(cache).free) < needed:
        message = f"{cache} has {free >> 20} MiB free"
        message += f"; the {recipe.name} lab needs {needed >> 20} MiB"
        text = "Make room, or set SNIPPETLAB_CACHE to a directory on another disk."
        raise EngineError(message, Cure("disk-space", text))


def digest_archive(archive: Path) -> str:
    """SHA-256 over name, kind, mode, owner, time stamp and content of all members."""
    total = hashlib.sha256()
    with tarfile.open(archive) as tar:
        for member in sorted(tar, key=lambda m: m.name):
            facts = (member.name, member.type, member.mode, member.uid, member.gid, member.mtime)
            total.update(f"{facts}{member.linkname}\0".encode())
            if member.isreg() and (stream := tar.extractfile(member)):
                total.update(hashlib.sha256(stream.read()).digest())
    return total.hexdigest()


def _files_archive(recipe: Recipe, workshop: Path) -> Path | None:
    """The recipe's own files as an archive that belongs to root."""
    archive = workshop / "files.tar"
    with tarfile.open(archive, "w") as tar:
        for directory in recipe.files:
            for path in sorted(directory.rglob("*")):
                info = tar.gettarinfo(path, str(path.relative_to(directory)))
                info.uid = info.gid = 0
                info.uname = info.gname = "root"
                info.mode = 0o755 if path.is_dir() or info.mode & 0o100 else 0o644
                info.mtime = recipe.source_date_epoch
                if path.is_file():
                    with path.open("rb") as stream:
                        tar.addfile(info, stream)
                else:
                    tar.addfile(info)
    return archive if recipe.files else None


def _write_disk(archives: list[Path], directory: Path, epoch: int) -> None:
    with (directory / DISK).open("wb") as disk:
        disk.truncate(_SIZE)
    (directory / DISK).chmod(0o666)
    command = ["sh", "-euc", _UNPACK, "sh", *map(str, archives)]
    if os.geteuid() != 0:
        # Its user namespace has the user's subordinate ids, so that files keep their owners.
        command = ["mmdebstrap", "--unshare-helper", *command]
    environment = os.environ | {"E2FSPROGS_FAKE_TIME": str(epoch), "SOURCE_DATE_EPOCH": str(epoch)}
    done = subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise EngineError(f"writing the disk failed:\n{tail(done.stderr)}")


def _take_out(archive: Path, directory: Path, recipe: Recipe) -> dict[str, str]:
    """Copy kernel and RAM disk beside the disk; package → version."""
    release, status = "", ""
    with tarfile.open(archive) as tar:
        for member in tar:
            name = member.name.removeprefix("./")
            if found := re.fullmatch(r"usr/lib/modules/([^/]+)", name):
                release = found[1]
            if not member.isreg() or not (stream := tar.extractfile(member)):
                continue
            if name in (f"boot/{KERNEL}", f"boot/{RAM_DISK}"):
                (directory / Path(name).name).write_bytes(stream.read())
            elif name == "var/lib/dpkg/status":
                status = stream.read().decode()
    (directory / RELEASE).write_text(f"{release}\n")
    return dict(versions(status, {*recipe.packages, *recipe.stated.packages, "base-files"}))


def _size(path: Path) -> str:
    return f"{path.stat().st_blocks * 512 / 1e6:.0f} MB"
