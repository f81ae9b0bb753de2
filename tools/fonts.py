"""Fetch the fonts that the site's subsets are made of: fonts.py DIRECTORY

They come from npm by name, are checked, and kept in the user's cache, since Pretendard's package
is large. Without npm or network a line says so, and the site is built with the reader's fonts.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from snippetlab.project import cache_directory

PACKAGES = {
    "pretendard@1.3.9": {
        "text.woff2": (
            "package/dist/web/variable/woff2/PretendardVariable.woff2",
            "9599f12fd42fc0bce1cd50b47a0c022e108d7aa64dd0d1bb0ed44f3282d900b4",
        ),
        "text-license.txt": (
            "package/dist/LICENSE.txt",
            "b04538c9abec39a3db75108cf0af0fd9c77032fe8aa2cf38345b4d250e98e38e",
        ),
    },
    "@fontsource-variable/jetbrains-mono@5.3.0": {
        "code.woff2": (
            "package/files/jetbrains-mono-latin-wght-normal.woff2",
            "18be452724bfdc236c074ca94a249a7f41a86752c7d04ab258ce9ed5651f6a7e",
        ),
        "code-license.txt": (
            "package/LICENSE",
            "403581b69dac5cff4079205e01c6b467e56af449ecbd7247693ddb1baafa005b",
        ),
    },
}
"""Package → name here → path in the package and SHA-256."""


def main() -> None:
    directory, cache = Path(sys.argv[1]), cache_directory() / "fonts"
    directory.mkdir(parents=True, exist_ok=True)
    for package, files in PACKAGES.items():
        if not all(has(directory / name, digest) for name, (_, digest) in files.items()):
            if not all(has(cache / digest, digest) for _, digest in files.values()):
                try:
                    fetch(package, files, cache)
                except (OSError, subprocess.CalledProcessError, ValueError) as error:
                    print(f"{package} cannot be had: {error}")
                    print("Going on with the reader's own fonts. To have it: apt-get install npm")
                    continue
            for name, (_, digest) in files.items():
                shutil.copyfile(cache / digest, directory / name)


def has(path: Path, digest: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def fetch(package: str, files: dict[str, tuple[str, str]], cache: Path) -> None:
    """Raises ValueError where a file is not the one that is pinned."""
    if not shutil.which("npm"):
        install_npm()
    print(f"fetching {package} …")
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="fonts-") as directory:
        command = ["npm", "pack", "--silent", "--ignore-scripts", package]
        done = subprocess.run(command, cwd=directory, check=True, stdout=subprocess.PIPE, text=True)
        with tarfile.open(Path(directory) / done.stdout.split()[-1]) as archive:
            for path, digest in files.values():
                member = archive.extractfile(path)
                data = member.read() if member else b""
                if hashlib.sha256(data).hexdigest() != digest:
                    raise ValueError(f"{path} is not the file that tools/fonts.py pins")
                partial = cache / f".{digest}.{os.getpid()}"
                partial.write_bytes(data)
                partial.replace(cache / digest)


def install_npm() -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise OSError("npm is missing")
    print("installing npm …")
    quiet = {
        "stdout": subprocess.DEVNULL,
        "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
    }
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "npm"]):
        subprocess.run(["apt-get", "-qq", *arguments], check=True, **quiet)  # type: ignore[call-overload]


if __name__ == "__main__":
    main()
