"""What Debian packages say of their authors and licences."""

import io
import re
import subprocess
import tarfile
from pathlib import Path, PurePosixPath


def copyright_of(package: str, deb: Path) -> bytes:
    """The file that Debian Policy (12.5) asks every package for.

    A package whose documentation is that of another one says which one, instead.
    """
    archive = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(deb)], capture_output=True)
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
        for member in tar:
            path = PurePosixPath(member.name)
            if path == PurePosixPath(f"usr/share/doc/{package}/copyright"):
                if stream := (tar.extractfile(member) if member.isfile() else None):
                    return stream.read()
                return f"See {member.linkname}\n".encode()
            if path == PurePosixPath(f"usr/share/doc/{package}") and member.issym():
                return f"See {member.linkname}\n".encode()
    return b"See the source package.\n"


def licenses(text: bytes) -> list[str]:
    """The short names of licences, where the file is machine-readable (DEP 5)."""
    whole = text.decode("utf-8", "replace")
    if "packaging-manuals/copyright-format" not in whole and "Format:" not in whole[:200]:
        return []
    found = re.findall(r"^License: *(\S.*?) *$", whole, re.MULTILINE)
    return sorted(set(found))
