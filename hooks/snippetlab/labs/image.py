"""The base image: a Debian root directory, made by mmdebstrap from lab/'s recipe."""

import fcntl
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from snippetlab.errors import EngineError, LabUnavailableError
from snippetlab.files import write_atomically
from snippetlab.labs.user import NOBODY, unprivileged
from snippetlab.project import Project, cache_directory

TOOLS = {"bwrap": "bubblewrap", "setpriv": "util-linux"}
"""What running snippets needs of its host: command → Debian package."""
BUILD_TOOLS = TOOLS | {"mmdebstrap": "mmdebstrap"}
"""What making the image needs as well; and without root, newuidmap."""
_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")


@dataclass(frozen=True)
class Recipe:
    """What the image is made of; the key changes with anything in it."""

    suite: str
    components: tuple[str, ...]
    source_date_epoch: int
    packages: tuple[str, ...]
    stated: Mapping[str, tuple[str, ...]]
    """Package whose version pages state → the commands that bring it up."""
    exclude: tuple[str, ...]
    script: Path
    key: str


@dataclass(frozen=True)
class Image:
    """A built image, ready to run on."""

    root: Path
    digest: str
    """SHA-256 of the tree: the same packages make the same, whatever tools unpacked them."""
    packages: Mapping[str, str]
    """Package → version, for those that the recipe names and for Debian itself (base-files)."""


def read_recipe(project: Project) -> Recipe:
    """The recipe in lab/base.toml and lab/base.sh. Raises EngineError where it is unreadable."""
    toml, script = project.lab / "base.toml", project.lab / "base.sh"
    try:
        content, hook = toml.read_bytes(), script.read_bytes()
        values = tomllib.loads(content.decode())
        return Recipe(
            suite=values["suite"],
            components=tuple(values["components"]),
            source_date_epoch=values["source_date_epoch"],
            packages=tuple(values["packages"]),
            stated={name: tuple(commands) for name, commands in values["stated"].items()},
            exclude=tuple(values["exclude"]),
            script=script,
            key=hashlib.sha256(content + b"\0" + hook).hexdigest()[:16],
        )
    except (OSError, ValueError, KeyError) as error:
        raise EngineError(f"{toml}: the recipe is unreadable: {error}") from None


def find_image(recipe: Recipe) -> Image | None:
    """The image made from this recipe, if this user has one."""
    note = cache_directory() / "recipes" / f"{recipe.key}.json"
    try:
        values = json.loads(note.read_text())
    except OSError:
        return None
    root = (cache_directory() / "images" / values["digest"][:16]).resolve()
    return Image(root, values["digest"], values["packages"]) if root.is_dir() else None


def require_image(recipe: Recipe) -> Image:
    """The image; raises LabUnavailableError, with the cure, where there is none."""
    if platform.system() != "Linux":
        raise LabUnavailableError("the namespace lab needs Linux")
    if missing := _missing(TOOLS):
        raise LabUnavailableError(_to_install(missing))
    if image := find_image(recipe):
        return image
    raise LabUnavailableError("the base image is missing: snippetlab lab build base")


def build_image(recipe: Recipe, say: Callable[[str], None]) -> Image:
    """Make the image, or find that another process just made it.

    Installs what it needs where it may. Raises LabUnavailableError or EngineError.
    """
    _install_tools(say)
    cache = cache_directory()
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EngineError(f"{cache}: {error.strerror}\n    Set SNIPPETLAB_CACHE.") from None
    with _locked(cache / "lock"):
        if image := find_image(recipe):
            return image
        with tempfile.TemporaryDirectory(dir=cache, prefix="build-") as temporary:
            workshop = Path(temporary)
            workshop.chmod(0o755)
            archive = workshop / "base.tar"
            say(f"base image: Debian {recipe.suite} with {len(recipe.packages)} packages …")
            _bootstrap(recipe, archive, say)
            say("base image: unpacking …")
            root = _unpack(archive, workshop)
            digest = digest_tree(root)
            packages = dict(_versions(root, {*recipe.packages, *recipe.stated, "base-files"}))
            final = cache / "images" / digest[:16]
            final.parent.mkdir(exist_ok=True)
            if not final.is_dir():
                root.rename(final)
        note = json.dumps({"digest": digest, "packages": packages}, indent=2)
        write_atomically(cache / "recipes" / f"{recipe.key}.json", note.encode())
    say(f"base image: sha256:{digest[:16]}… is ready in {final}")
    return Image(final, digest, packages)


def _missing(tools: Mapping[str, str]) -> list[str]:
    return sorted({package for tool, package in tools.items() if not shutil.which(tool)})


def _to_install(packages: list[str]) -> str:
    verb = "are" if len(packages) > 1 else "is"
    return (
        f"{' and '.join(packages)} {verb} not installed: sudo apt-get install {' '.join(packages)}"
    )


def _install_tools(say: Callable[[str], None]) -> None:
    if platform.system() != "Linux":
        raise LabUnavailableError("the namespace lab needs Linux")
    missing = _missing(BUILD_TOOLS if os.geteuid() == 0 else BUILD_TOOLS | {"newuidmap": "uidmap"})
    missing += [] if _KEYRING.exists() else ["debian-archive-keyring"]
    if not missing:
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise LabUnavailableError(_to_install(missing))
    say(f"installing {', '.join(missing)} …")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["apt-get", "update"], command):
        done = subprocess.run(arguments, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise EngineError(f"{' '.join(arguments)} failed:\n{_tail(done.stderr)}")


def _bootstrap(recipe: Recipe, archive: Path, say: Callable[[str], None]) -> None:
    command = ["mmdebstrap", "--variant=minbase", "--format=tar"]
    command += [f"--include={','.join(recipe.packages)}"]
    command += [f"--components={','.join(recipe.components)}"]
    command += [f"--dpkgopt=path-exclude={pattern}" for pattern in recipe.exclude]
    command += [f"--aptopt={option}" for option in _apt_options()]
    # The text, not the path: in a closed home its user namespace could not reach the file.
    command += [f"--customize-hook={recipe.script.read_text()}", f"--keyring={_KEYRING}"]
    command += [recipe.suite, str(archive)]
    if mirror := _mirror():
        command.append(mirror)
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(recipe.source_date_epoch)}
    log = []
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stderr
        for line in process.stderr:
            log.append(line)
            if line.startswith("I: ") and line.rstrip().endswith("..."):
                say(f"base image: {line[3:].strip()}")
    if process.returncode:
        raise EngineError(f"mmdebstrap failed:\n{_tail(''.join(log))}")


def _mirror() -> str:
    """Where this machine's own apt finds Debian; empty leaves the choice to mmdebstrap."""
    fields = "$(ORIGIN) $(LABEL) $(COMPONENT) $(REPO_URI)"
    try:
        done = subprocess.run(
            ["apt-get", "indextargets", "--format", fields], capture_output=True, text=True
        )
    except FileNotFoundError:
        return ""
    found = re.search(r"^Debian Debian main (\S+)$", done.stdout, re.MULTILINE)
    return found[1] if found else ""


def _apt_options() -> Iterator[str]:
    """How this machine's own apt reaches a mirror: proxies, and checks that it relaxes."""
    try:
        done = subprocess.run(["apt-config", "dump"], capture_output=True, text=True)
    except FileNotFoundError:
        return
    wanted = re.compile(r'(?i)Acquire::(?:https?::Proxy|Check-)[^ ]* ".+";')
    yield from filter(wanted.fullmatch, done.stdout.splitlines())


def _unpack(archive: Path, workshop: Path) -> Path:
    """The archive as a directory that belongs to the user who runs snippets.

    Inside the lab that user is root, so the whole system looks as if it belonged to root.
    """
    root = workshop / "root"
    root.mkdir()
    command = ["tar", "--extract", "--no-same-owner", "--exclude=./dev/*"]
    command += ["--file", str(archive), "--directory", str(root)]
    if os.geteuid() == 0:
        os.chown(root, NOBODY, NOBODY)
    # Unprivileged, tar drops setuid bits and applies the umask; both are wanted.
    done = subprocess.run(unprivileged(command), capture_output=True, text=True, umask=0o022)
    if done.returncode:
        raise EngineError(f"unpacking the base image failed:\n{_tail(done.stderr)}")
    return root


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


def _versions(root: Path, names: set[str]) -> Iterator[tuple[str, str]]:
    status = (root / "var/lib/dpkg/status").read_text(encoding="utf-8")
    for paragraph in status.split("\n\n"):
        fields = dict(re.findall(r"^(Package|Version): (.+)$", paragraph, re.MULTILINE))
        if fields.get("Package") in names:
            yield fields["Package"], fields["Version"]


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _tail(text: str) -> str:
    return "\n".join(f"    | {line}" for line in text.strip().splitlines()[-8:])
