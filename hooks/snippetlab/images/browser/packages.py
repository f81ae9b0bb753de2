"""Packages of Debian and npm, fetched with checks and without installing anything."""

import base64
import fnmatch
import hashlib
import io
import os
import re
import subprocess
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from snippetlab.errors import Cure, EngineError
from snippetlab.images.browser.recipe import NpmPackage
from snippetlab.images.debian import _DEBIAN, _apt_options, _mirror

_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")


@dataclass(frozen=True)
class Node:
    """A file, directory or link of the image."""

    mode: int
    content: bytes = b""
    """Of a file; the target of a link."""


class Apt:
    """A private apt, which changes nothing outside.

    Of the machine's it takes the mirror and the way there, and nothing else: others have it fetch
    more than packages, as apt-file does, or less.
    """

    def __init__(
        self, directory: Path, suite: str, architecture: str, *, sources: bool = False
    ) -> None:
        """Fetch the list of packages, or that of `sources`. Raises EngineError if that fails."""
        self._directory = directory
        for name in ("lists/partial", "cache/archives/partial", "debs"):
            (directory / name).mkdir(parents=True, exist_ok=True)
        (directory / "status").touch()
        signed = f"signed-by={_KEYRING}"
        what = f"deb-src [{signed}]" if sources else f"deb [arch={architecture} {signed}]"
        source = f"{what} {_mirror() or _DEBIAN} {suite} main\n"
        (directory / "sources.list").write_text(source)
        way = ['Dir::Etc::Main "/dev/null";', 'Dir::Etc::Parts "/dev/null";', *_apt_options()]
        (directory / "apt.conf").write_text("\n".join(way) + "\n")
        options = {
            "APT::Architecture": architecture,
            "APT::Architectures": architecture,
            "APT::Sandbox::User": "",
            "Dir::Cache": directory / "cache",
            "Dir::Etc::PreferencesParts": "/dev/null",
            "Dir::Etc::SourceList": directory / "sources.list",
            "Dir::Etc::SourceParts": "/dev/null",
            "Dir::State": directory,
            "Dir::State::Lists": directory / "lists",
            "Dir::State::status": directory / "status",
        }
        self._options = [f"-o{name}={value}" for name, value in options.items()]
        self._run("apt-get", "--quiet=2", "-oAPT::Update::Error-Mode=any", "update")

    def dependency(self, package: str) -> str:
        """The first package that a metapackage stands for."""
        text = self._run("apt-cache", "depends", package)
        if found := re.search(r"^ *\|?Depends: (\S+)$", text, re.MULTILINE):
            return found[1]
        raise EngineError(f"the Debian package {package} depends on nothing")

    def fetch(self, packages: Sequence[str]) -> dict[str, Path]:
        """Package → its file, for all of them."""
        debs = self._directory / "debs"
        self._run("apt-get", "--quiet=2", "download", *packages, directory=debs)
        found = {path.name.split("_")[0]: path for path in debs.glob("*.deb")}
        return {package: found[package] for package in packages}

    def fetch_source(self, name: str, version: str, directory: Path) -> None:
        """Download the files of a source package, unpacking nothing. Raises EngineError."""
        command = ("apt-get", "--quiet=2", "source", "--download-only")
        self._run(*command, f"{name}={version}", directory=directory)

    def sources(self, packages: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Package → name and version of the source package that it was built from."""
        text = self._run("apt-cache", "show", "--no-all-versions", *packages)
        found = {}
        for paragraph in text.split("\n\n"):
            pairs = re.findall(r"^(Package|Source|Version): (.+)$", paragraph, re.MULTILINE)
            fields: dict[str, str] = dict(pairs)
            if fields:
                name, _, version = fields.get("Source", fields["Package"]).partition(" ")
                found[fields["Package"]] = (name, version.strip("()") or fields["Version"])
        return found

    def _run(self, program: str, *arguments: str, directory: Path | None = None) -> str:
        command = [program, *self._options, *arguments]
        return _run(command, directory, APT_CONFIG=str(self._directory / "apt.conf"))


def version_of(deb: Path) -> str:
    """The version of a package."""
    return _run(["dpkg-deb", "--field", str(deb), "Version"]).strip()


def take(deb: Path, patterns: Sequence[str]) -> dict[str, Node]:
    """Path → node for whatever matches, named as a merged /usr has it.

    Raises EngineError for a pattern that nothing matches.
    """
    archive = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(deb)], capture_output=True)
    wanted = {pattern: re.compile(_regex(pattern)) for pattern in _expanded(patterns)}
    taken: dict[str, Node] = {}
    used, there = set(), []
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
        for member in tar:
            path = merged(member.name.removeprefix("./"))
            matching = [pattern for pattern, regex in wanted.items() if regex.fullmatch(path)]
            if member.isdir():
                continue
            there.append(path)
            if not matching:
                continue
            used.update(matching)
            if member.issym():
                taken[path] = Node(0o120777, member.linkname.encode())
            elif (stream := tar.extractfile(member)) is not None:
                taken[path] = Node(0o100000 | member.mode & 0o755, stream.read())
    if unused := sorted(set(wanted) - used):
        nearest = get_close_matches(unused[0], there, n=3, cutoff=0)
        text = f"Name what it has in lab/browser.toml, such as {', '.join(nearest)}"
        raise EngineError(f"{deb.name} has no {unused[0]}", Cure("browser-path", text))
    return taken


def merged(path: str) -> str:
    """A path as it is where /bin, /sbin and /lib are links into /usr."""
    return re.sub(r"^(s?bin|lib)/", r"usr/\1/", path)


def fetch_npm(package: NpmPackage, directory: Path) -> dict[str, bytes]:
    """Base name → content of the files wanted. Raises EngineError where the hash differs."""
    name = f"{package.name}@{package.version}"
    command = ["npm", "pack", "--silent", "--pack-destination", str(directory), name]
    tarball = directory / _run(command).strip().split("\n")[-1]
    content = tarball.read_bytes()
    algorithm, _, expected = package.integrity.partition("-")
    found = base64.b64encode(hashlib.new(algorithm, content).digest()).decode()
    if found != expected:
        right = f'integrity = "{algorithm}-{found}"'
        text = f"If what changed is right, pin it in lab/browser.toml: {right}"
        cure = Cure("npm-integrity", text)
        raise EngineError(f"npm's {name} is not what is pinned", cure)
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        members = {file: tar.extractfile(f"package/{file}") for file in package.files}
        return {
            file.rsplit("/", 1)[-1]: stream.read() for file, stream in members.items() if stream
        }


def _expanded(patterns: Sequence[str]) -> Iterator[str]:
    """`a{b,c}` → `ab`, `ac`."""
    for pattern in patterns:
        head, brace, rest = pattern.partition("{")
        if not brace:
            yield pattern
            continue
        middle, _, tail = rest.partition("}")
        yield from (f"{head}{choice}{tail}" for choice in middle.split(","))


def _regex(pattern: str) -> str:
    if pattern.endswith("/**"):
        return re.escape(pattern[:-2]) + ".*"
    return fnmatch.translate(pattern).replace(".*", "[^/]*")


def _run(command: Sequence[str], directory: Path | None = None, **variables: str) -> str:
    environment = os.environ | {"LC_ALL": "C.UTF-8"} | variables
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=directory, env=environment
        )
    except FileNotFoundError:
        raise EngineError(f"{command[0]} is not installed") from None
    if done.returncode:
        quoted = "\n".join(f"    | {line}" for line in done.stderr.strip().splitlines()[-8:])
        raise EngineError(f"{command[0]} failed ({' '.join(command[-2:])}):\n{quoted}")
    return done.stdout
