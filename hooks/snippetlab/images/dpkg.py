"""What dpkg knows of an image: which package a program comes from, and every version."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_PATH = ("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
_LINKS = 40
"""How many a path may lead through, as in path_resolution(7)."""


@dataclass(frozen=True)
class Packages:
    """The packages of a root directory; none where that is no Debian system."""

    root: Path

    @cached_property
    def versions(self) -> Mapping[str, str]:
        """Package → version, for all that are installed."""
        found = {}
        for paragraph in self._read("status").split("\n\n"):
            fields = dict(re.findall(r"^(Package|Version|Status): (.+)$", paragraph, re.MULTILINE))
            if fields.get("Status", "").endswith(" installed"):
                found[fields["Package"]] = fields["Version"]
        return found

    @property
    def programs(self) -> set[str]:
        """The names of all that a shell would find."""
        directories = tuple(f"{directory}/" for directory in _PATH)
        return {posixpath.basename(path) for path in self._files if path.startswith(directories)}

    def has(self, program: str) -> bool:
        """Whether a shell in the image would find it."""
        return bool(self._find(program))

    def owners(self, program: str) -> list[str]:
        """The packages of a program and of every link on the way to it, as `python3` has some."""
        found = (self._files.get(name) for name in self._names(self._find(program)))
        return list(dict.fromkeys(package for package in found if package))

    def _find(self, program: str) -> str:
        """Its path, if it has one that does not depend on the working directory."""
        if "/" in program:
            return program if program.startswith("/") and self._exists(program) else ""
        paths = (f"{directory}/{program}" for directory in _PATH)
        return next(filter(self._exists, paths), "")

    def _exists(self, path: str) -> bool:
        try:
            *_, last = self._names(path)
            return bool(last) and self._real(last).is_file()
        except OSError:  # any word of a command may be asked for, also one too long for a name
            return False

    def _names(self, path: str) -> Iterator[str]:
        """The path and what it leads to, link by link, each without links in its directories."""
        for _ in range(_LINKS):
            directory = self._directory(posixpath.dirname(path))
            name = posixpath.join(directory, posixpath.basename(path))
            yield name
            if not self._real(name).is_symlink():
                return
            path = posixpath.join(directory, self._real(name).readlink())
        yield ""

    def _real(self, name: str) -> Path:
        """Where it is seen from outside."""
        return self.root / name.removeprefix("/")

    def _directory(self, path: str) -> str:
        """Where a directory really is: in Debian, `/bin` is a link to `/usr/bin`."""
        if not path.strip("/"):  # normpath leaves two slashes as they are
            return "/"
        *_, last = self._names(posixpath.normpath(path))
        return last

    @cached_property
    def _files(self) -> Mapping[str, str]:
        """Path, without links in its directories → the package that brings it."""
        found = {}
        directory = self.root / "var/lib/dpkg/info"
        for path in sorted(directory.glob("*.list")) if directory.is_dir() else ():
            package = path.name.removesuffix(".list").partition(":")[0]
            for line in path.read_text(encoding="utf-8").splitlines():
                # Packages may still name the directories that were merged into /usr.
                found[re.sub("^/(?=s?bin/)", "/usr/", line)] = package
        return found

    def _read(self, name: str) -> str:
        path = self.root / "var/lib/dpkg" / name
        return path.read_text(encoding="utf-8") if path.is_file() else ""
